#!/usr/bin/env python3
"""Ships through a network that fails in one way at a time, repeats on a good one what did not end well, and counts.

Usage: tests/bench/faults.py [JETWAY] [RUNS OF EACH FAULT]
It ends with 1 where a run says that the app must change, a repeated run is not right, a build is there twice, or a
reservation is left.
"""

import collections
import os
import random
import socket
import sys
import tempfile
import threading
import time
import urllib.parse

from shipping import done, outcome, package, server, ship

# One connection in so many has the fault, after so many answers at most.
ONE_IN = 2
LATEST = 6
WELL, UNFINISHED, STILL_THERE = 0, 3, 4


def passed_on(source, target):
    """All bytes of one direction, as they come."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def some(server_side, chance, most=400):
    """The beginning of an answer."""
    return server_side.recv(chance.randint(1, most))


def drop(client, server_side, chance):
    client.sendall(some(server_side, chance))


def drop_at_once(client, server_side, chance):
    pass


def lose_the_answer(client, server_side, chance):
    """The request is done, and nobody hears of it."""
    server_side.recv(65536)


def stall(client, server_side, chance):
    client.sendall(some(server_side, chance))
    # Until whoever waits loses patience.
    client.settimeout(10)
    try:
        while client.recv(65536):
            pass
    except OSError:
        pass


def half_close(client, server_side, chance):
    client.sendall(some(server_side, chance))
    client.shutdown(socket.SHUT_WR)
    time.sleep(0.2)


def drip(client, server_side, chance):
    for byte in some(server_side, chance, 120):
        client.sendall(bytes([byte]))
        time.sleep(0.005)
    passed_on(server_side, client)


def garbage(client, server_side, chance):
    server_side.recv(65536)
    client.sendall(chance.randbytes(chance.randint(1, 2000)))


FAULTS = [drop, drop_at_once, lose_the_answer, stall, half_close, drip, garbage]


class Network:
    """A proxy in front of the sandbox, on loopback."""

    def __init__(self, url, fault, seed):
        parts = urllib.parse.urlsplit(url)
        self.target = (parts.hostname, parts.port)
        self.fault, self.chance = fault, random.Random(seed)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.faults = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            is_faulty = self.chance.randrange(ONE_IN) == 0
            threading.Thread(target=self.serve, args=(client, is_faulty), daemon=True).start()

    def serve(self, client, is_faulty):
        with client, socket.create_connection(self.target) as server_side:
            threading.Thread(target=passed_on, args=(client, server_side), daemon=True).start()
            if not is_faulty:
                passed_on(server_side, client)
                return
            try:
                for _ in range(self.chance.randrange(LATEST)):
                    client.sendall(server_side.recv(65536))
                self.faults += 1
                self.fault(client, server_side, self.chance)
            except OSError:
                pass

    def close(self):
        self.listener.close()


def tried(jetway, environment, fault, number, figures):
    """One run on the bad network, and one on the good network where it did not end well."""
    before = done(environment["JETWAY_ASC_URL"])
    with tempfile.TemporaryDirectory() as place:
        with open(os.path.join(place, "App.ipa"), "wb") as file:
            file.write(package(number))
        network = Network(environment["JETWAY_ASC_URL"], fault, number)
        bad = {**environment, "JETWAY_ASC_URL": network.url}
        code = ship(jetway, bad, place, "--idle-timeout", "1s").wait()
        network.close()
        figures["faults"] += network.faults
        if code == WELL:
            figures["right at once"] += 1
        else:
            figures["ended with another code than 3 and 4"] += code not in (UNFINISHED, STILL_THERE)
            code = ship(jetway, environment, place).wait()
            figures["right when repeated"] += code == WELL
        figures["never right"] += (code, outcome(place)) != (WELL, "processed")
    new = done(environment["JETWAY_ASC_URL"]) - before
    figures["builds too many"] += max(new["commit"] - 1, 0)
    figures["reservations left"] += new["reserve"] - new["delete-upload"] - new["commit"]


def main():
    jetway = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/jetway")
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    bad = ["ended with another code than 3 and 4", "never right", "builds too many", "reservations left"]
    is_wrong = False
    for kind, fault in enumerate(FAULTS):
        sandbox, environment = server(jetway)
        figures = collections.Counter(dict.fromkeys(bad, 0))
        for run in range(runs):
            tried(jetway, environment, fault, kind * 1000 + run + 1, figures)
        sandbox.terminate()
        sandbox.wait()
        print(f"{fault.__name__}: " + ", ".join(f"{count} {name}" for name, count in sorted(figures.items())))
        is_wrong |= any(figures[name] for name in bad)
    sys.exit(1 if is_wrong else 0)


main()
