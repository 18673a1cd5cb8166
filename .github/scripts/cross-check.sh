#!/usr/bin/env bash
# Checks the code for the Mac from any machine. It installs what it needs, and fails where it can't.
set -euo pipefail
cd "$(dirname "$0")/../.."

# aws-lc-sys would compile C for the Mac. A check links nothing, so it is told what it would have
# found out: which of its bindings to take.
version=$(sed -n '/^name = "aws-lc-sys"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
for target in aarch64-apple-darwin x86_64-apple-darwin; do
  rustup target add "$target"
  found="target.$target.aws_lc_${version//./_}"
  cargo clippy --locked --target "$target" \
    --config "$found.rustc-cfg=[\"${target//-/_}\"]" --config "$found.include=\"none\"" -- -D warnings
done
