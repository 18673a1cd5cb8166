#!/usr/bin/env python3
"""Kills runs at any moment, by three signals, repeats each, and counts what is left.

Usage: tests/bench/kills.py [JETWAY] [KILLS]
It ends with 1 where a repeated run is not right, a build is there twice, or a reservation is left.
"""

import collections
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

from shipping import done, outcome, package, server, ship

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]


def main():
    jetway = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/jetway")
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(7)
    sandbox, environment = server(jetway)
    figures = collections.Counter()
    length = None
    for number in range(kills + 1):
        # A sandbox remembers each build; the log alone would grow without end.
        if number % 25 == 24:
            sandbox.terminate()
            sandbox.wait()
            sandbox, environment = server(jetway)
        before = done(environment["JETWAY_ASC_URL"])
        with tempfile.TemporaryDirectory() as place:
            with open(os.path.join(place, "App.ipa"), "wb") as file:
                file.write(package(number + 1))
            began = time.monotonic()
            run = ship(jetway, environment, place)
            if length is None:
                # The first run is left alone, to know how long one takes.
                run.wait()
                length = time.monotonic() - began
                continue
            killer = SIGNALS[number % len(SIGNALS)]
            try:
                run.wait(chance.uniform(0, length))
                figures["was over"] += 1
            except subprocess.TimeoutExpired:
                run.send_signal(killer)
                run.wait()
                figures[f"killed by {killer.name}"] += 1
            again = ship(jetway, environment, place)
            code = again.wait()
            became = outcome(place)
        new = done(environment["JETWAY_ASC_URL"]) - before
        figures["repeated runs that were right"] += (code, became) == (0, "processed")
        figures["builds too many"] += max(new["commit"] - 1, 0)
        figures["reservations left"] += new["reserve"] - new["delete-upload"] - new["commit"]
    sandbox.terminate()
    for name, count in sorted(figures.items()):
        print(f"{count:5} {name}")
    wrong = figures["builds too many"] or figures["reservations left"]
    sys.exit(1 if wrong or figures["repeated runs that were right"] != kills else 0)


main()
