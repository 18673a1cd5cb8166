#!/usr/bin/env bash
# Gates that need a tool: each is installed where it is missing, and none is skipped silently.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '\n== %s\n' "$*"; }

say "Licences, bans and sources of the dependencies"
command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny
cargo deny --config .github/deny.toml --all-features check licenses bans sources

say "Shell scripts"
command -v shellcheck >/dev/null || { apt-get update -qq && apt-get install -y -qq shellcheck >/dev/null; }
shellcheck .ci/run .github/scripts/*.sh
