#!/usr/bin/env bash
# The whole program with a large package against `jetway sandbox` as a process of its own: the first
# run sends, the second knows the same bytes again. Wall time and peak memory of both.
#
# usage: big.sh [MIB]     needs: curl, python3; PROGRAM names a binary, else a release is built
set -euo pipefail

mib=${1:-1024}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

program=${PROGRAM:-}
if [ -z "$program" ]; then
    (cd "$root" && cargo build --locked --release)
    program=$root/target/release/jetway
fi

echo "making a package of $mib MiB"
python3 - "$mib" "$work/Big.ipa" <<'PYTHON'
import os, plistlib, sys, zipfile
mib, path = int(sys.argv[1]), sys.argv[2]
facts = {
    "CFBundleIdentifier": "com.example.big", "CFBundleName": "Big", "CFBundleVersion": "1",
    "CFBundleShortVersionString": "1.0", "DTPlatformName": "iphoneos", "MinimumOSVersion": "17.0",
}
with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
    package.writestr("Payload/Big.app/Info.plist", plistlib.dumps(facts))
    with package.open("Payload/Big.app/Big", "w", force_zip64=True) as program:
        for _ in range(mib):
            program.write(os.urandom(1 << 20))
PYTHON

env -i "$program" sandbox > "$work/welcome" &
server=$!
until grep -q '^export JETWAY_API_KEY=' "$work/welcome"; do sleep 0.05; done
eval "$(grep '^export JETWAY_' "$work/welcome")"

ship() { # NAME
    python3 - "$1" "$program" "$work" <<'PYTHON'
import json, os, resource, subprocess, sys, time
name, program, work = sys.argv[1:]
report = os.path.join(work, "report.json")
began = time.monotonic()
ran = subprocess.run(
    [program, "ship", os.path.join(work, "Big.ipa"), "--report", report, "--poll-interval", "20ms"],
    stderr=subprocess.PIPE, text=True)
wall = time.monotonic() - began
if ran.returncode:
    sys.exit(ran.stderr)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(report) as file:
    stages = {stage["name"]: stage["seconds"] for stage in json.load(file)["stages"]}
print(f"{name:<10} {wall:6.2f} s wall  {used.ru_utime + used.ru_stime:6.2f} s CPU  {peak:6.1f} MiB  "
      f"(app {stages['app']:.2f} s, upload {stages['upload']:.2f} s)")
if peak > 40:
    sys.exit("more than 40 MiB of memory")
PYTHON
}

bytes_put() { curl -sS "$JETWAY_ASC_URL/sandbox/log" | python3 -c 'import json, sys; print(json.load(sys.stdin)["summary"]["bytes_put"])'; }

ship "first"
sent=$(bytes_put)
ship "again"
[ "$(bytes_put)" = "$sent" ] || { echo "the second run sent bytes again" >&2; exit 1; }
