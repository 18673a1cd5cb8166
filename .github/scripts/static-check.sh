#!/usr/bin/env bash
# The program as it is released for Linux, for both processors: static, and at work in a root directory that holds
# nothing else. The one of another processor runs under an emulator.
set -euo pipefail
cd "$(dirname "$0")/../.."

. .github/scripts/needs.sh

# A C compiler and linker for arm64 that links statically.
zig_for_arm64() {
  local place=target/zig
  python_at "$place" >&2
  "$place/bin/pip" install --quiet --disable-pip-version-check ziglang==0.17.1
  # Cargo's name of the processor is not the one that zig goes by.
  cat >"$place/cc" <<CC
#!/usr/bin/env bash
arguments=()
for argument in "\$@"; do
  case \$argument in --target=aarch64-*) ;; *) arguments+=("\$argument") ;; esac
done
exec "$PWD/$place/bin/python" -m ziglang cc -target aarch64-linux-musl "\${arguments[@]}"
CC
  chmod +x "$place/cc"
  printf '%s' "$PWD/$place/cc"
}

# Builds for a processor, and leaves the program's path in `program`.
built() {
  local target=$1
  rustup target add "$target"
  cargo build --release --locked --target "$target"
  program=target/$target/release/jetway
  file "$program" | grep -E 'static(-pie|ally) linked'
}

# Rehearses in a root directory that holds the program, and its emulator where it is given.
rehearsed() {
  local bare
  bare=$(mktemp -d)
  mkdir "$bare/tmp"
  cp "$program" "$bare/jetway"
  [ $# -eq 0 ] || cp "$1" "$bare/emulator"
  as_root env -i "$(command -v chroot)" "$bare" ${1:+/emulator} /jetway --version
  as_root env -i "$(command -v chroot)" "$bare" ${1:+/emulator} /jetway ship --sandbox
  as_root rm -rf -- "$bare"
}

installed file file
installed musl-gcc musl-tools
export CC_x86_64_unknown_linux_musl=musl-gcc
built x86_64-unknown-linux-musl
rehearsed

installed qemu-aarch64-static qemu-user-static
zig=$(zig_for_arm64)
export CC_aarch64_unknown_linux_musl=$zig
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER=$zig
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS='-Clink-self-contained=no'
built aarch64-unknown-linux-musl
rehearsed "$(command -v qemu-aarch64-static)"
