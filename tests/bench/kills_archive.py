#!/usr/bin/env python3
"""Kills exports of an archive at any moment, cleans up after each, and compares the machine byte for byte.

Usage: tests/bench/kills_archive.py [JETWAY] [KILLS]
KILLS of them are rehearsals in the cloud, and as many sign with a certificate, a keychain and a profile, by the stand-ins
of the tests. Only the program is killed: its tools have to go by themselves. What it wrote and what its tools were
called with is searched for every secret in every form. It ends with 1 where anything is left or told.
"""

import base64
import collections
import json
import os
import plistlib
import random
import signal
import subprocess
import sys
import tempfile
import time

SIGNALS = [signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PASSWORD, TEAM, BUNDLE = "tüst \"1", "ABCDE12345", "com.example.demo"


def snapshot(root):
    found = {}
    for directory, _, files in os.walk(root):
        found[os.path.relpath(directory, root)] = None
        for name in files:
            path = os.path.join(directory, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, root)] = file.read()
    return found


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def fixture(name):
    with open(os.path.join(TESTS, "fixtures/signing", name), "rb") as file:
        return file.read()


class Cloud:
    """A rehearsal that makes its own archive and its own tools."""

    name = "cloud"
    words = ["ship", "Demo.xcarchive", "--sandbox"]

    def prepare(self, place, work):
        return {}

    def told(self, work):
        return b""

    def secrets(self, work):
        return []


class Manual:
    """An export with a certificate, a keychain and a profile, on a Mac of stand-ins."""

    name = "manual"
    words = ["export", "Demo.xcarchive"]

    def prepare(self, place, work):
        tools = os.path.join(work, "tools")
        os.makedirs(os.path.join(tools))
        os.makedirs(os.path.join(place, "state"))
        os.symlink(os.path.join(place, "state"), os.path.join(tools, "state"))
        for name in ["security", "xcodebuild", "xcrun"]:
            os.symlink(os.path.join(TESTS, "support/mac/tool.py"), os.path.join(tools, name))
        login = os.path.join(place, "home/Library/Keychains/login.keychain-db")
        write(login, b'{"identities": []}')
        lists = json.dumps([login, "/Library/A \"quoted\" one.keychain"], indent=2)
        write(os.path.join(place, "state/search-list"), lists.encode())
        archive = os.path.join(work, "Demo.xcarchive")
        app = {"CFBundleIdentifier": BUNDLE, "CFBundleShortVersionString": "1.0", "CFBundleVersion": "42",
               "CFBundleExecutable": "Demo", "CFBundlePackageType": "APPL", "DTPlatformName": "iphoneos"}
        write(os.path.join(archive, "Info.plist"), plistlib.dumps({"ApplicationProperties": {"Team": TEAM}}))
        write(os.path.join(archive, "Products/Applications/Demo.app/Info.plist"), plistlib.dumps(app))
        write(os.path.join(archive, "Products/Applications/Demo.app/Demo"), b"code")
        write(os.path.join(work, "demo.mobileprovision"), self.profile(work))
        return {
            "JETWAY_TOOLS_DIR": tools, "JETWAY_CERTIFICATE": base64.b64encode(fixture("modern.p12")).decode(),
            "JETWAY_CERTIFICATE_PASSWORD": PASSWORD,
            "JETWAY_PROVISIONING_PROFILE": os.path.join(work, "demo.mobileprovision"),
        }

    def profile(self, work):
        """Signed by somebody: who it was is asked by nobody here."""
        says = {"UUID": "0f0e0d0c-0b0a-4908-8706-050403020101", "Name": "Demo", "Platform": ["iOS"],
                "TeamIdentifier": [TEAM], "ExpirationDate": plistlib.loads(b"<plist><date>2090-01-01T00:00:00Z</date></plist>"),
                "DeveloperCertificates": [fixture("certificate.der")],
                "Entitlements": {"application-identifier": f"{TEAM}.{BUNDLE}", "get-task-allow": False}}
        key, certificate = (os.path.join(work, name) for name in ["key.pem", "certificate.pem"])
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Somebody",
                        "-keyout", key, "-out", certificate], check=True, capture_output=True)
        signed = subprocess.run(["openssl", "cms", "-sign", "-binary", "-nodetach", "-outform", "DER",
                                 "-signer", certificate, "-inkey", key],
                                check=True, capture_output=True, input=plistlib.dumps(says))
        return signed.stdout

    def calls(self, work):
        with open(os.path.join(work, "tools/log-calls")) as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def told(self, work):
        """All that other processes could read of the tools."""
        seen = [[call["arguments"], call["environment"]] for call in self.calls(work)]
        return json.dumps(seen, ensure_ascii=False).encode()

    def secrets(self, work):
        """What was given, and what the program made up: it stands in what it whispered."""
        words = (word for call in self.calls(work) for word in (call["input"] or "").split())
        return [PASSWORD, fixture("modern.p12"), *{word for word in words if len(word) == 64}]


def forms(secret):
    plain = secret.encode() if isinstance(secret, str) else secret
    percent = "".join(f"%{byte:02X}" for byte in plain)
    found = [plain, base64.b64encode(plain), base64.urlsafe_b64encode(plain), plain.hex().encode(), percent.encode()]
    if isinstance(secret, str):
        found.append(json.dumps(secret).strip('"').encode())
    return found


def kill_some(way, jetway, kills, figures):
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as work:
        for name in ["home/.local/state", "scratch", "tmp"]:
            os.makedirs(os.path.join(place, name))
        environment = {
            "PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": os.path.join(place, "home"),
            "RUNNER_TEMP": os.path.join(place, "scratch"), "TMPDIR": os.path.join(place, "tmp"),
            **way.prepare(place, work),
        }
        written = open(os.path.join(work, "written"), "ab")

        def run(*words):
            return subprocess.Popen([jetway, *words], cwd=work, env=environment, start_new_session=True,
                                    stdout=written, stderr=subprocess.STDOUT)

        # The first run is left alone: to know how long one takes, and what stays of any.
        began = time.monotonic()
        assert run(*way.words).wait() == 0, f"see {work}/written"
        length = time.monotonic() - began
        run("cleanup").wait()
        before = snapshot(place)
        for number in range(kills):
            killer = SIGNALS[number % len(SIGNALS)]
            process = run(*way.words)
            try:
                process.wait(chance.uniform(0, length))
                figures["was over"] += 1
            except subprocess.TimeoutExpired:
                process.send_signal(killer)
                process.wait()
                figures[f"killed by {killer.name}"] += 1
            if snapshot(place) != before:
                figures["left something for the clean-up"] += 1
            run("cleanup").wait()
            after = snapshot(place)
            if after != before:
                figures["left over"] += 1
                for path in sorted(path for path in set(after) | set(before) if after.get(path) != before.get(path)):
                    print(path, (after.get(path) or b"")[:400])
                before = after
        written.close()
        with open(os.path.join(work, "written"), "rb") as file:
            told = file.read() + way.told(work)
        for secret in way.secrets(work):
            figures["secrets searched for"] += 1
            figures["secrets told"] += any(form in told for form in forms(secret))


def main():
    jetway = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/jetway")
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    is_clean = True
    for way in [Cloud(), Manual()]:
        figures = collections.Counter()
        kill_some(way, jetway, kills, figures)
        for name, count in sorted(figures.items()):
            print(f"{way.name}: {count:5} {name}")
        is_clean &= not figures["left over"] and not figures["secrets told"]
    sys.exit(0 if is_clean else 1)


main()
