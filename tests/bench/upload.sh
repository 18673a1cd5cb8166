#!/usr/bin/env bash
# The engine of src/upload against public tools: six at a time, md5sum of a part and curl PUT of it.
# Both sides send the same file to the same server in one run; what counts are the ratios.
#
# usage: upload.sh [MIB] [ROUNDS]     needs: curl, md5sum, GNU split and xargs
set -euo pipefail

mib=${1:-1024}
rounds=${2:-3}
part_size=5242880
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

echo "building"
program=$(cd "$root" && cargo bench --bench upload --no-run 2>&1 | sed -n 's/.*(\(.*\))$/\1/p' | tail -1)
program=$(cd "$root" && realpath "$program")

echo "making $mib MiB"
head -c "$((mib << 20))" /dev/urandom > "$work/file"
mkdir "$work/parts"
split -a 5 -d -b "$part_size" "$work/file" "$work/parts/"

serve() { # DELAY_MS
    rm -f "$work/ready"
    "$program" serve "$work" "$1" &
    server=$!
    until [ -e "$work/ready" ]; do sleep 0.05; done
}

stop() {
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=""
}

ours() { # SCHEME
    local roots=()
    [ "$1" = http ] || roots=("$work/root.pem")
    "$program" send "$work/file" "$part_size" "$(cat "$work/$1")" "${roots[@]}" > "$work/sent"
}

theirs() { # SCHEME
    find "$work/parts" -type f -printf '%f\n' | sort |
        BASE=$(cat "$work/$1") WORK=$work xargs -P 6 -I{} sh -c \
            'md5sum "$WORK/parts/{}" > /dev/null &&
             curl -sSf --cacert "$WORK/root.pem" -H Expect: -o /dev/null -T "$WORK/parts/{}" "$BASE/{}"'
}

measure() { # COMMAND...; prints its wall time and its CPU time in seconds
    local TIMEFORMAT='%R %U %S'
    { time "$@" 1>&2; } 2> "$work/time"
    awk 'END { print $1, $2 + $3 }' "$work/time"
}

compare() { # NAME SCHEME
    local our_wall=9999 our_cpu=9999 their_wall=9999 their_cpu=9999 peak=0 wall cpu
    for _ in $(seq "$rounds"); do
        read -r wall cpu < <(measure ours "$2")
        our_wall=$(least "$our_wall" "$wall") our_cpu=$(least "$our_cpu" "$cpu")
        peak=$(awk -v old="$peak" '{ print ($2 > old) ? $2 : old }' "$work/sent")
        read -r wall cpu < <(measure theirs "$2")
        their_wall=$(least "$their_wall" "$wall") their_cpu=$(least "$their_cpu" "$cpu")
    done
    awk -v name="$1" -v ow="$our_wall" -v oc="$our_cpu" -v tw="$their_wall" -v tc="$their_cpu" -v peak="$peak" 'BEGIN {
        printf "%-22s %7.2f s %7.2f s %7.2f   %7.2f s %7.2f s %7.2f   %6.1f MiB\n",
            name, ow, tw, ow / tw, oc, tc, oc / tc, peak / 1024 }'
}

least() { awk -v a="$1" -v b="$2" 'BEGIN { print (a < b) ? a : b }'; }

parts=$(find "$work/parts" -type f | wc -l)
echo "$parts parts of $part_size bytes, best of $rounds rounds; a ratio below 1 is ours"
printf '%-22s %9s %9s %7s   %9s %9s %7s   %10s\n' "" wall "curl's" ratio CPU "curl's" ratio "peak memory"
serve 0
compare "http" http
compare "https" https
stop
serve 200
compare "http, 200 ms answers" http
stop
awk -v parts="$parts" 'BEGIN {
    printf "six lanes that are always full need at least %.2f s for the answers alone\n", int((parts + 5) / 6) * 0.2 }'
