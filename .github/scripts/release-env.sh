#!/usr/bin/env bash
# Prints the manifest of a release: version, repository, and the SHA-256 of each program in a
# directory. Usage: release-env.sh VERSION OWNER/REPOSITORY DIRECTORY
set -euo pipefail
version=$1 repository=$2 directory=$3

printf '%s\n' "# The release that this copy of the action installs; written by the release workflow."
printf 'VERSION=%s\nREPOSITORY=%s\n' "$version" "$repository"
for target in universal2-apple-darwin x86_64-unknown-linux-musl aarch64-unknown-linux-musl; do
  [ -s "$directory/jetway-$target" ] || { echo "no program for $target" >&2; exit 1; }
  if command -v sha256sum >/dev/null; then
    line=$(sha256sum <"$directory/jetway-$target")
  else
    line=$(shasum -a 256 <"$directory/jetway-$target")
  fi
  printf 'SHA256_%s=%s\n' "${target//-/_}" "${line%% *}"
done
