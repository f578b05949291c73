#!/usr/bin/env python3
"""Clients for service.sh: conversions with and without people who look at them, and the memory of the service.

    service_load.py ADDRESS PID --token-file FILE --input data:X.h5ad [--rounds 3] [--pollers 200] [--listeners 20]
                    [--requests 10000] [--warm-up 40000]
"""

import argparse
import http.client
import json
import os
import selectors
import socket
import statistics
import sys
import threading
import time
import urllib.parse

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 10  # seconds; a poll that is not answered for longer counts as broken
ENDED = {"done", "failed", "refused", "stopped", "interrupted", "gone"}


class Service:
    def __init__(self, address, pid, token):
        parts = urllib.parse.urlsplit(address)
        self.host, self.port, self.pid = parts.hostname, parts.port, pid
        self.headers = {"Authorization": "Bearer " + token} if token else {}

    def connect(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=60)

    def ask(self, connection, method, path, body=None):
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            sys.exit("FAIL: %s %s: %d %s" % (method, path, answer.status, text.decode(errors="replace")))
        return json.loads(text)

    def cpu_seconds(self):
        with open("/proc/%d/stat" % self.pid) as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mib(self):
        with open("/proc/%d/status" % self.pid) as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


class Line:
    """One connection of the crowd: asks for the run once a second, or follows its events."""

    def __init__(self, crowd, listens, first):
        self.crowd, self.listens = crowd, listens
        self.due = time.monotonic() + first
        self.asked = None
        self.socket = None
        self.received = b""

    def ask(self):
        if self.socket is None:
            self.socket = socket.create_connection((self.crowd.service.host, self.crowd.service.port), timeout=60)
            self.crowd.selector.register(self.socket, selectors.EVENT_READ, self)
        self.asked = time.monotonic()
        self.received = b""
        self.socket.sendall(self.crowd.requests[self.listens])

    def hang_up(self):
        if self.socket is not None:
            self.crowd.selector.unregister(self.socket)
            self.socket.close()
            self.socket = None

    def hear(self):
        data = self.socket.recv(65536)
        if self.listens and self.received.startswith(b"HTTP/1.1 200"):
            self.crowd.events += data.count(b"event:")
            if not data:
                self.hang_up()  # the run is over
            return
        self.received += data
        end = self.received.find(b"\r\n\r\n")
        if not data:
            self.crowd.broken += 1
            self.answered(True)
        elif end >= 0 and self.listens:
            self.crowd.events += self.received.count(b"event:")
            self.crowd.broken += not self.received.startswith(b"HTTP/1.1 200")
        elif end >= 0:
            head = self.received[:end].lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            if len(self.received) >= end + 4 + length:
                self.crowd.broken += not head.startswith(b"http/1.1 200")
                self.answered(b"connection: close" in head)

    def answered(self, last):
        self.crowd.polls += 1
        self.crowd.slowest = max(self.crowd.slowest, time.monotonic() - self.asked)
        self.due = self.asked + 1
        self.asked = None
        if last:
            self.hang_up()


class Crowd:
    """Pollers and listeners of one run, until it is over. One thread that only waits and counts: two hundred threads
    would take more of the processor than the service does."""

    def __init__(self, service, run, pollers, listeners):
        self.service = service
        self.polls = self.events = self.broken = 0
        self.slowest = 0.0
        path = "/api/v1/runs/" + run
        self.requests = {listens: self.request(path + "/events" if listens else path) for listens in (False, True)}
        self.selector = selectors.DefaultSelector()
        self.over = threading.Event()
        self.lines = [Line(self, False, i / pollers) for i in range(pollers)]
        self.lines += [Line(self, True, 0) for _ in range(listeners)]
        self.thread = threading.Thread(target=self.live)
        self.thread.start()

    def request(self, path):
        lines = ["GET %s HTTP/1.1" % path, "Host: %s:%d" % (self.service.host, self.service.port)]
        lines += ["%s: %s" % header for header in self.service.headers.items()]
        return "\r\n".join(lines + ["", ""]).encode()

    def live(self):
        while not self.over.is_set():
            now = time.monotonic()
            waiting = 0.05
            for line in self.lines:
                if line.asked is None:
                    if line.due <= now:
                        line.ask()
                    else:
                        waiting = min(waiting, line.due - now)
            for key, _ in self.selector.select(waiting):
                key.data.hear()
        for line in self.lines:
            self.broken += not line.listens and line.asked is not None and time.monotonic() - line.asked > PATIENCE
            line.hang_up()

    def leave(self):
        self.over.set()
        self.thread.join()


def convert(service, source, name, pollers, listeners):
    """Wall and CPU seconds of one conversion, from acceptance to its last state."""
    connection = service.connect()
    cpu, begun = service.cpu_seconds(), time.monotonic()
    run = service.ask(connection, "POST", "/api/v1/runs", {
        "job": "cellucid-export", "input": source, "output": "exports:" + name,
        "options": {"quantize-genes": "8", "gzip": "6", "created-at": "2026-01-01T00:00:00Z"}})["id"]
    crowd = Crowd(service, run, pollers, listeners) if pollers + listeners else None
    while (state := service.ask(connection, "GET", "/api/v1/runs/" + run))["state"] not in ENDED:
        time.sleep(0.25)
    wall, cpu = time.monotonic() - begun, service.cpu_seconds() - cpu
    if crowd:
        crowd.leave()
    if state["state"] != "done":
        sys.exit("FAIL: the run ended as %s: %s" % (state["state"], state.get("message")))
    print("%-10s %8.1f s wall %8.1f s cpu" % ("watched" if crowd else "alone", wall, cpu), end="")
    print("   %d polls, slowest %.2f s, %d events, %d broken" % (
        crowd.polls, crowd.slowest, crowd.events, crowd.broken) if crowd else "", flush=True)
    if crowd and crowd.broken:
        sys.exit("FAIL: %d requests broke" % crowd.broken)
    return run, wall, cpu


def ask_often(service, run, requests):
    connection = service.connect()
    for _ in range(requests):
        service.ask(connection, "GET", "/api/v1/runs/" + run)
    connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("pid", type=int)
    parser.add_argument("--token-file", default="")
    parser.add_argument("--input", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pollers", type=int, default=200)
    parser.add_argument("--listeners", type=int, default=20)
    parser.add_argument("--requests", type=int, default=10000)
    parser.add_argument("--warm-up", type=int, default=40000)
    said = parser.parse_args()
    token = ""
    if os.path.exists(said.token_file):
        with open(said.token_file) as file:
            token = file.read().strip()
    service = Service(said.address, said.pid, token)

    print("a service just started, not counted:", flush=True)
    convert(service, said.input, "warm-up-0", 0, 0)
    run = convert(service, said.input, "warm-up-1", said.pollers, said.listeners)[0]
    ask_often(service, run, said.warm_up)
    print("after %d more requests:" % said.warm_up, flush=True)
    alone, watched = [], []
    for round_number in range(said.rounds):
        alone.append(convert(service, said.input, "alone-%d" % round_number, 0, 0)[1:])
        run, *taken = convert(service, said.input, "watched-%d" % round_number, said.pollers, said.listeners)
        watched.append(taken)
    slower = 100 * (statistics.median(w for w, _ in watched) / statistics.median(w for w, _ in alone) - 1)
    dearer = 100 * (statistics.median(c for _, c in watched) / statistics.median(c for _, c in alone) - 1)

    ask_often(service, run, max(1, said.requests // 10))
    before = service.resident_mib()
    ask_often(service, run, said.requests)
    after = service.resident_mib()
    grown = 100 * (after / before - 1)
    print("\nwall %+.1f %%, cpu %+.1f %% with %d pollers and %d listeners" % (
        slower, dearer, said.pollers, said.listeners))
    print("resident set %.0f MiB, after %d requests %.0f MiB (%+.1f %%)" % (before, said.requests, after, grown))
    good = slower <= 5 and grown <= 10
    print("PASS" if good else "FAIL")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
