#!/usr/bin/env bash
# The binary's promises: at most 8 MB, and no waiting for it to start.
set -euo pipefail
binary=$1

bytes=$(wc -c <"$binary")
printf 'size: %s bytes (at most 8000000)\n' "$bytes"
[ "$bytes" -le 8000000 ] || { echo "the binary is too large" >&2; exit 1; }

# The best of ten starts: a busy machine makes single ones slow.
best=1000000
for _ in 1 2 3 4 5 6 7 8 9 10; do
  begin=$(date +%s%N)
  "$binary" --version >/dev/null
  took=$((($(date +%s%N) - begin) / 1000))
  [ "$took" -ge "$best" ] || best=$took
done
printf 'start-up: %s microseconds (at most 10000, process start included)\n' "$best"
[ "$best" -le 10000 ] || { echo "the binary starts too slowly" >&2; exit 1; }
