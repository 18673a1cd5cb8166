#!/usr/bin/env bash
# Checks the macOS code from any machine, where that target's standard library is installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=aarch64-apple-darwin

if ! rustup target list --installed 2>/dev/null | grep -qx "$target"; then
  echo "skipped: no standard library of $target here (rustup target add $target)"
  exit 0
fi
# aws-lc-sys would compile C for the Mac. A check links nothing, so it is told what it would have
# found out: which of its bindings to take.
version=$(sed -n '/^name = "aws-lc-sys"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
found="target.$target.aws_lc_${version//./_}"
cargo check --locked --target "$target" \
  --config "$found.rustc-cfg=[\"${target//-/_}\"]" --config "$found.include=\"none\""
