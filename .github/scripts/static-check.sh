#!/usr/bin/env bash
# The program as it is released for Linux: static, and at work in a root directory that holds nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=x86_64-unknown-linux-musl

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

command -v musl-gcc >/dev/null || { as_root apt-get update -qq && as_root apt-get install -y -qq musl-tools >/dev/null; }
rustup target add "$target"
CC_x86_64_unknown_linux_musl=musl-gcc cargo build --release --locked --target "$target"

bare=$(mktemp -d)
trap 'rm -rf -- "$bare"' EXIT
cp "target/$target/release/jetway" "$bare/jetway"
mkdir "$bare/tmp"
as_root chroot "$bare" /jetway --version
as_root chroot "$bare" /jetway ship --sandbox
