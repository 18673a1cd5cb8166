#!/usr/bin/env bash
# usage: preflight.sh JETWAY PACKAGE
# Prints seconds of `unzip -t` and of `jetway preflight` on the same file, three times in turn, and the peak memory.
set -euo pipefail
jetway=$1
package=$2
cat "$package" > /dev/null
seconds() { awk -F: '/Elapsed/ { print $(NF-1) * 60 + $NF }' "$1"; }
memory() { awk '/Maximum resident/ { printf "%.0f", $NF / 1024 }' "$1"; }
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
for turn in 1 2 3; do
  /usr/bin/time -v -o "$log/unzip" unzip -tqq "$package"
  /usr/bin/time -v -o "$log/jetway" "$jetway" preflight "$package" > /dev/null 2>&1 || true
  echo "$turn: unzip -t $(seconds "$log/unzip") s; preflight $(seconds "$log/jetway") s, $(memory "$log/jetway") MiB"
done
