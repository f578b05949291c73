#!/usr/bin/python3
"""CPU and wall nanoseconds per stored value of reading X/data and X/indices with h5py, 4 Mi values at a time.

usage: decode_h5py.py FILE THREADS ROUNDS [CACHE_BYTES]     threads are processes: h5py holds one lock over all of HDF5
"""
import multiprocessing
import os
import sys
import time

import h5py

STEP = 4 << 20


def read(job):
    path, first, step, cache = job
    start = os.times()
    values = 0
    with h5py.File(path, "r", rdcc_nbytes=cache) as file:
        data, indices = file["X/data"], file["X/indices"]
        for at in range(first, data.shape[0], step):
            values += len(data[at : at + STEP])
            indices[at : at + STEP]
    end = os.times()
    return end.user + end.system - start.user - start.system, values


def main():
    path, threads, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    cache = int(sys.argv[4]) if len(sys.argv) > 4 else 1 << 20
    jobs = [(path, worker * STEP, threads * STEP, cache) for worker in range(threads)]
    with multiprocessing.Pool(threads) as pool:
        for _ in range(rounds):
            start = time.perf_counter()
            results = pool.map(read, jobs, chunksize=1)
            wall = time.perf_counter() - start
            values = sum(result[1] for result in results)
            cpu = sum(result[0] for result in results)
            print(
                "h5py %d processes, cache %d: %.2f CPU ns and %.2f wall ns per value, %d values"
                % (threads, cache, cpu / values * 1e9, wall / values * 1e9, values),
                flush=True,
            )


main()
