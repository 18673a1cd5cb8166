#!/usr/bin/env python3
"""Kills rehearsals of an archive at any moment, cleans up after each, and compares the machine byte for byte.

Usage: tests/bench/kills_archive.py [JETWAY] [KILLS]
It ends with 1 where anything is left in the home, the scratch or the temporary directory.
"""

import collections
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]


def snapshot(root):
    found = {}
    for directory, _, files in os.walk(root):
        found[os.path.relpath(directory, root)] = None
        for name in files:
            path = os.path.join(directory, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, root)] = file.read()
    return found


def main():
    jetway = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/jetway")
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(7)
    figures = collections.Counter()
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as work:
        for name in ["home/.local/state", "scratch", "tmp"]:
            os.makedirs(os.path.join(place, name))
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": os.path.join(place, "home"),
            "RUNNER_TEMP": os.path.join(place, "scratch"), "TMPDIR": os.path.join(place, "tmp"),
        }

        def run(*words):
            return subprocess.Popen([jetway, *words], cwd=work, env=environment, start_new_session=True,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        # The first run is left alone: to know how long one takes, and what stays of any.
        began = time.monotonic()
        assert run("ship", "Demo.xcarchive", "--sandbox").wait() == 0
        length = time.monotonic() - began
        run("cleanup").wait()
        before = snapshot(place)
        for number in range(kills):
            killer = SIGNALS[number % len(SIGNALS)]
            ship = run("ship", "Demo.xcarchive", "--sandbox")
            try:
                ship.wait(chance.uniform(0, length))
                figures["was over"] += 1
            except subprocess.TimeoutExpired:
                ship.send_signal(killer)
                ship.wait()
                figures[f"killed by {killer.name}"] += 1
            # What the killed run started ends with its group, as with a runner that ends a job.
            try:
                os.killpg(ship.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            if snapshot(place) != before:
                figures["left something for the clean-up"] += 1
            run("cleanup").wait()
            after = snapshot(place)
            if after != before:
                figures["left over"] += 1
                for path in sorted(set(after) ^ set(before)):
                    print(path, (after.get(path) or b"")[:400])
                before = after
    for name, count in sorted(figures.items()):
        print(f"{count:5} {name}")
    sys.exit(1 if figures["left over"] else 0)


main()
