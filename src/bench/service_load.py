#!/usr/bin/env python3
"""Clients for service.sh: conversions with and without people who look at them, and the memory of the service.

    service_load.py ADDRESS PID --token-file FILE --input data:X.h5ad [--rounds 3] [--pollers 200] [--listeners 20]
                    [--requests 10000]
"""

import argparse
import http.client
import json
import os
import statistics
import sys
import threading
import time
import urllib.parse

TICKS = os.sysconf("SC_CLK_TCK")
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


class Crowd:
    """Pollers and listeners of one run, until it is over."""

    def __init__(self, service, run, pollers, listeners):
        self.over = threading.Event()
        self.polls = self.events = self.broken = 0
        self.slowest = 0.0
        self.lock = threading.Lock()
        self.service, self.run = service, run
        self.threads = [threading.Thread(target=self.poll, args=(i / pollers,)) for i in range(pollers)]
        self.threads += [threading.Thread(target=self.listen) for _ in range(listeners)]
        for thread in self.threads:
            thread.start()

    def poll(self, delay):
        connection = self.service.connect()
        self.over.wait(delay)
        while not self.over.is_set():
            begun = time.monotonic()
            try:
                connection.request("GET", "/api/v1/runs/" + self.run, headers=self.service.headers)
                answer = connection.getresponse()
                answer.read()
                good = answer.status == 200
            except (OSError, http.client.HTTPException):
                connection.close()
                good = False
            took = time.monotonic() - begun
            with self.lock:
                self.polls += 1
                self.broken += not good
                self.slowest = max(self.slowest, took)
            self.over.wait(max(0.0, 1 - took))
        connection.close()

    def listen(self):
        connection = self.service.connect()
        try:
            connection.request("GET", "/api/v1/runs/%s/events" % self.run, headers=self.service.headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise OSError("status %d" % answer.status)
            for line in answer:
                if line.startswith(b"event:"):
                    with self.lock:
                        self.events += 1
                if self.over.is_set():
                    break
        except (OSError, http.client.HTTPException):
            with self.lock:
                self.broken += not self.over.is_set()
        connection.close()

    def leave(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


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
    said = parser.parse_args()
    token = ""
    if os.path.exists(said.token_file):
        with open(said.token_file) as file:
            token = file.read().strip()
    service = Service(said.address, said.pid, token)

    convert(service, said.input, "warm-up", 0, 0)
    alone, watched, run = [], [], ""
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
