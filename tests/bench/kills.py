#!/usr/bin/env python3
"""Kills runs at any moment, by three signals, repeats each, and counts what is left.

Usage: tests/bench/kills.py [JETWAY] [KILLS]
It ends with 1 where a repeated run is not right, a build is there twice, or a reservation is left.
"""

import collections
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleIdentifier</key><string>com.example.app</string>
<key>CFBundleShortVersionString</key><string>1.0</string>
<key>CFBundleVersion</key><string>{number}</string>
<key>CFBundleName</key><string>App</string>
<key>DTPlatformName</key><string>iphoneos</string>
<key>DTSDKName</key><string>iphoneos26.0</string>
<key>MinimumOSVersion</key><string>17.0</string>
</dict></plist>
"""
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
CONTENT = random.Random(1).randbytes(30_000_000)


def package(number):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("Payload/App.app/Info.plist", PLIST.format(number=number))
        archive.writestr("Payload/App.app/App", CONTENT)
    return whole.getvalue()


def server(jetway):
    child = subprocess.Popen(
        [jetway, "sandbox", "--scenario", "slow-answers"], stdout=subprocess.PIPE, text=True
    )
    environment = {"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1"}
    for line in child.stdout:
        words = line.split()
        if words[:1] == ["export"]:
            name, value = words[1].split("=", 1)
            environment[name] = value
        if line.startswith("jetway ship"):
            return child, environment


def done(url):
    """How often each operation was done well."""
    with urllib.request.urlopen(url.rstrip("/") + "/sandbox/log") as answer:
        requests = json.load(answer)["requests"]
    good = [it["operation"] for it in requests if (it["status"] or 999) < 300]
    return collections.Counter(good)


def ship(jetway, environment, place):
    command = [jetway, "ship", "App.ipa", "--report", "report.json", "--poll-interval", "5ms", "--concurrency", "2"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=place, env={**environment, "HOME": place}, **streams)


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
            with open(os.path.join(place, "report.json"), encoding="utf-8") as file:
                outcome = json.load(file)["outcome"]
        new = done(environment["JETWAY_ASC_URL"]) - before
        figures["repeated runs that were right"] += (code, outcome) == (0, "processed")
        figures["builds too many"] += max(new["commit"] - 1, 0)
        figures["reservations left"] += new["reserve"] - new["delete-upload"] - new["commit"]
    sandbox.terminate()
    for name, count in sorted(figures.items()):
        print(f"{count:5} {name}")
    wrong = figures["builds too many"] or figures["reservations left"]
    sys.exit(1 if wrong or figures["repeated runs that were right"] != kills else 0)


main()
