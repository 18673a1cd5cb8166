# The action's first step: brings the jetway program onto the runner and says where it is.
#
# In this order: the input `binary`; the runner's tool cache; the release, checked against the
# SHA-256 in release.env beside this file; the action's own source, built by cargo. Nothing is used
# whose hash is wrong or unknown. Works with the bash 3.2 of macOS. No secret is in its environment.
set -euo pipefail
unset BASH_ENV ENV CDPATH GLOBIGNORE
IFS=$' \t\n'
export LC_ALL=C
umask 077

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
source_root=$(cd -- "$here/../.." && pwd)

# --- what is said -------------------------------------------------------------------------------

# Text for a workflow command's message: one line, whatever is in it.
escaped() {
  local text=$1
  text=${text//[%]/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  printf '%s' "$text"
}

# Ends the step with one annotation: a title of ours, then what is wrong and what to do.
fail() {
  printf '::error title=%s::%s\n' "$1" "$(escaped "$2")"
  exit 1
}

# A line of the log: no text from outside can make it a workflow command.
say() {
  local text=$1 mark='##[' harmless='# # ['
  text=${text//$'\r'/ }
  text=${text//$'\n'/ }
  text=${text//"$mark"/$harmless}
  printf 'jetway: %s\n' "$text"
}

# --- small tools --------------------------------------------------------------------------------

# The value of a name in release.env; nothing where it has none.
released() {
  local name value
  while IFS='=' read -r name value || [ -n "$name" ]; do
    if [ "$name" = "$1" ]; then
      printf '%s' "$value"
      return
    fi
  done <"$here/release.env"
}

sha256() {
  local line
  if command -v sha256sum >/dev/null 2>&1; then
    line=$(sha256sum <"$1")
  else
    line=$(shasum -a 256 <"$1")
  fi
  printf '%s' "${line%% *}"
}

can_hash() {
  command -v sha256sum >/dev/null 2>&1 || command -v shasum >/dev/null 2>&1 ||
    fail 'jetway cannot be checked' 'neither sha256sum nor shasum is on this machine. Fix: install coreutils.'
}

is_sha256() {
  [ "${#1}" -eq 64 ] && case $1 in *[!0-9a-f]*) return 1 ;; esac
}

# A step output; paths of more than one line are refused where they come in.
output() {
  { printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/stdout}"; } 2>/dev/null ||
    fail 'the runner takes no outputs' "GITHUB_OUTPUT (${GITHUB_OUTPUT:-}) cannot be written, so no later step would find jetway. Fix: mend the runner."
}

# Ends the step well: the program runs, and the next step gets its path.
use() {
  local program=$1 origin=$2 version
  if ! version=$("$program" --version 2>&1 </dev/null); then
    fail 'jetway does not run on this machine' "$program ($origin) cannot be run here ($system $machine): $version. Fix: use a program that is built for this machine; on Linux the released ones need nothing but the kernel."
  fi
  case $version in
    'jetway '*) ;;
    *) fail 'this is not jetway' "$program ($origin) answers --version with: $version. Fix: give the path of a jetway program." ;;
  esac
  say "$version, $origin"
  output binary "$program"
  trap - EXIT
  exit 0
}

# --- the machine --------------------------------------------------------------------------------

# What the kernel runs counts: in a container it need not be what the runner says of itself.
system=${RUNNER_OS:-$(uname -s)}
machine=$(uname -m)
case $system in
  macOS | Darwin) system=macOS ;;
esac
case $machine in
  x86_64 | amd64) machine=X64 ;;
  aarch64 | arm64) machine=ARM64 ;;
esac
if [ -n "${RUNNER_ARCH:-}" ] && [ "$RUNNER_ARCH" != "$machine" ]; then
  say "the runner says $RUNNER_ARCH, the kernel $machine; the kernel counts"
fi
case $system-$machine in
  macOS-X64 | macOS-ARM64) target=universal2-apple-darwin ;;
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  *) target='' ;;
esac

# --- 1. a program that is here already ----------------------------------------------------------

use_given_binary() {
  local binary=$1 expected=$2 actual
  case $binary in
    *$'\n'* | *$'\r'*) fail 'the input binary is not a path' 'it has more than one line. Fix: give one path.' ;;
    /*) ;;
    *) binary=$PWD/$binary ;;
  esac
  [ -f "$binary" ] || fail 'the input binary is not a file' "there is no file $binary. Fix: give the path of a jetway program on this runner, or leave the input out."
  [ -x "$binary" ] || fail 'the input binary cannot be run' "$binary is not executable. Fix: run chmod +x on it in an earlier step; artifacts lose that bit."
  if [ -n "$expected" ]; then
    expected=$(printf '%s' "$expected" | tr 'A-F' 'a-f')
    is_sha256 "$expected" || fail 'the input binary-sha256 is not a SHA-256' 'it is not 64 hexadecimal digits. Fix: give the output of shasum -a 256.'
    can_hash
    actual=$(sha256 "$binary")
    [ "$actual" = "$expected" ] || fail 'the input binary has another hash' "$binary has SHA-256 $actual, and binary-sha256 says $expected. Fix: find out which of both is right before you use it."
  fi
  use "$binary" 'as the input binary says'
}

binary=${JETWAY_BINARY:-}
binary_sha256=${JETWAY_BINARY_SHA256:-}
if [ -n "$binary" ]; then
  use_given_binary "$binary" "$binary_sha256"
elif [ -n "$binary_sha256" ]; then
  fail 'binary-sha256 without binary' 'the hash belongs to no program. Fix: give the input binary too; what is downloaded is checked against hashes of its own.'
fi

# --- a place of our own, removed by the last step, or here when this step fails -------------------

version=$(released VERSION)
base=${JETWAY_DOWNLOAD_BASE_URL:-}
case ${RUNNER_TEMP:=${TMPDIR:-/tmp}} in
  *$'\n'*) fail 'the runner has no usable directory' 'RUNNER_TEMP has more than one line. Fix: mend the runner.' ;;
esac
while [ "${RUNNER_TEMP%/}" != "$RUNNER_TEMP" ]; do RUNNER_TEMP=${RUNNER_TEMP%/}; done
directory=$(mktemp -d "$RUNNER_TEMP/jetway.XXXXXXXXXX" 2>/dev/null) ||
  fail 'the runner has no usable directory' "nothing can be made in RUNNER_TEMP ($RUNNER_TEMP). Fix: free the disk, or mend the runner."
trap 'rm -rf -- "$directory"' EXIT
output directory "$directory"
program=$directory/jetway

# --- 2. the tool cache --------------------------------------------------------------------------

# Earlier jobs can write there, so the copy that will run is the one that is hashed.
use_cached() {
  local cached=$1 expected=$2
  [ -f "$cached" ] && [ -f "${cached%/*}.complete" ] || return 0
  cp -- "$cached" "$program" || return 0
  if [ "$(sha256 "$program")" != "$expected" ]; then
    say "$cached is not what was released; it is not used"
    rm -f -- "$program"
    return 0
  fi
  chmod 700 "$program"
  use "$program" 'from the tool cache, hash checked'
}

# A cache that takes no file costs a download next time, and nothing now.
keep_in_cache() {
  local cached=$1
  [ "${RUNNER_ENVIRONMENT:-}" = self-hosted ] || return 0
  (
    umask 022
    mkdir -p -- "${cached%/*}" &&
      cp -- "$program" "$cached.$$" &&
      chmod 755 "$cached.$$" &&
      mv -f -- "$cached.$$" "$cached" &&
      : >"${cached%/*}.complete"
  ) 2>/dev/null || say 'the tool cache takes no file; the next job downloads again'
}

# --- 3. the release -----------------------------------------------------------------------------

# Sets `protocol` to the one that curl may speak; in the clear only with this machine itself.
protocol_of() {
  case $1 in
    *[[:space:]]* | http://*@*) ;;
    https://?*) protocol='=https' && return ;;
    http://127.0.0.1 | http://127.0.0.1[:/]* | http://localhost | http://localhost[:/]* | http://\[::1\]*)
      protocol='=http' && return
      ;;
  esac
  fail 'download-base-url cannot be used' "$(shown "$1") is no https address. Fix: give one that begins with https://."
}

# The address without a name and password in it.
shown() {
  local rest=${1#*://}
  case ${rest%%/*} in
    *@*) printf '%s://***@%s' "${1%%://*}" "${rest#*@}" ;;
    *) printf '%s' "$1" ;;
  esac
}

# One try. Sets `status` (000: no answer) and `trouble`. No .curlrc counts, and no letter of the address is a
# pattern.
try_download() {
  local code=0
  status=$(curl -q --globoff --proto "$protocol" --proto-redir "$protocol" --tlsv1.2 --noproxy 127.0.0.1,localhost --silent --show-error --location \
    --connect-timeout 20 --max-time 300 --output "$program" --write-out '%{http_code}' -- "$1" \
    2>"$directory/trouble") || code=$?
  trouble=$(head -c 500 "$directory/trouble")
  [ "$code" -eq 0 ] && [ "$status" = 200 ]
}

download() {
  local url=$1 pause
  for pause in 1 2 4 8 0; do
    try_download "$url" && return
    case $status in
      408 | 429 | 5??) ;;
      4??) break ;;
    esac
    [ "$pause" -eq 0 ] || { say "no luck (HTTP $status $trouble), again in ${pause}s" && sleep "$pause"; }
  done
  case $status in
    000) status='no HTTP status' ;;
    *) status="HTTP $status" ;;
  esac
  fail 'jetway could not be downloaded' "$(shown "$url") gave $status ${trouble:+($trouble) }for version $version. Fix: look whether that release has the file and this runner reaches the address; a mirror goes into the input download-base-url, a program that is here already into the input binary."
}

use_release() {
  local expected actual cached url
  expected=$(released "SHA256_${target//-/_}")
  is_sha256 "$expected" || fail 'the release has no hash' "release.env of version $version holds no SHA-256 for $target, so nothing can be checked. Fix: use a released version of the action (a v tag or its commit)."
  can_hash
  cached=${RUNNER_TOOL_CACHE:-/nowhere}/jetway/$version/$machine/jetway
  use_cached "$cached" "$expected"
  if [ -z "$base" ]; then
    local repository
    repository=$(released REPOSITORY)
    [ -n "$repository" ] || fail 'the release has no home' "release.env of version $version names no repository. Fix: use a released version of the action, or give download-base-url."
    base=https://github.com/$repository/releases/download
  fi
  protocol_of "$base"
  command -v curl >/dev/null 2>&1 || fail 'curl is missing' 'jetway is downloaded with curl, which is not on this machine. Fix: install curl, or give the input binary.'
  url=${base%/}/v$version/jetway-$target
  download "$url"
  actual=$(sha256 "$program")
  [ "$actual" = "$expected" ] || fail 'the hash of jetway is wrong' "$(shown "$url") has SHA-256 $actual, and version $version of the action expects $expected. Fix: do not use that file; a mirror must hold the very files of the release, and the release itself never changes, so tell us if it is github.com's."
  chmod 700 "$program"
  keep_in_cache "$cached"
  use "$program" "version $version from $(shown "$url"), hash checked"
}

# --- 4. the source ------------------------------------------------------------------------------

build() {
  local why=$1
  command -v cargo >/dev/null 2>&1 || fail 'jetway cannot be built here' "$why, and cargo is not on this machine to build it from source. Fix: use a released version of the action on Linux or macOS (x86-64 or arm64), install Rust in an earlier step, or give the input binary."
  say "$why: building the action's own source, which takes minutes"
  # The workflow's settings for its own Rust code do not count for ours.
  unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_BUILD_RUSTFLAGS CARGO_TARGET_DIR
  local built=$RUNNER_TEMP/jetway-build
  (cd -- "$source_root" && umask 022 && cargo build --release --locked --bin jetway --target-dir "$built") ||
    fail 'jetway could not be built' "cargo build failed in $source_root; its messages are above. Fix: Rust must be at least the rust-version in Cargo.toml, and a C compiler must be there; or use a released version of the action."
  cp -- "$built/release/jetway" "$program"
  use "$program" 'built from source'
}

if [ "$version" = dev ] || [ -z "$version" ]; then
  [ -z "$base" ] || fail 'there is no release to download' 'download-base-url is given, and this copy of the action is none that was released. Fix: use a v tag or its commit, or leave download-base-url out.'
  build 'this copy of the action is none that was released'
fi
[ -n "$target" ] || build "no program is released for $system $machine"
use_release
