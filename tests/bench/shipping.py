"""A sandbox as a server, packages of 30 MB for it, and what it was asked: for the scripts beside this one."""

import collections
import io
import json
import os
import random
import subprocess
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


def outcome(place):
    """What the report says of the run that ended last."""
    with open(os.path.join(place, "report.json"), encoding="utf-8") as file:
        return json.load(file)["outcome"]


def ship(jetway, environment, place, *more):
    command = [jetway, "ship", "App.ipa", "--report", "report.json", "--preflight", "off", "--poll-interval", "5ms"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, "--concurrency", "2", *more], cwd=place, env={**environment, "HOME": place}, **streams)
