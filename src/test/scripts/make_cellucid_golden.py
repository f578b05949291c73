#!/usr/bin/env python3
"""Writes src/test/resources/cellucid/golden.json: single computations as numpy and Python perform them.

  make_cellucid_golden.py REFERENCE.py OUT.json

Contract 0.9.1 comes from REFERENCE.py's functions, 0.9.0 is written down here. Inputs are `units` of cellucid_recipes.
"""
import hashlib
import importlib.util
import json
import struct
import sys

import numpy as np

from cellucid_recipes import units

SIZES = [1, 7, 8, 9, 127, 128, 129, 1000, 5000, 8192, 8193, 20001]


def points(seed, n, d, dtype):
    return ((units(seed, 0, np.arange(n * d)) * 2 - 1) * 10).astype(dtype).reshape(n, d)


def sha(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:16]


def quantize_plain(values, bits):
    top, dtype = (254, "<u1") if bits == 8 else (65534, "<u2")
    ok = np.isfinite(values)
    lo, hi = (float(values[ok].min()), float(values[ok].max())) if ok.any() else (0.0, 1.0)
    if hi == lo:
        hi = lo + 1.0
    out = np.full(values.shape, top + 1, dtype)
    out[ok] = np.clip((values[ok] - np.float32(lo)) * np.float32(top / (hi - lo)), 0, top).astype(dtype)
    return out, lo, hi


def normalise_single(x):
    x = x.astype(np.float32)
    lo, hi = x.min(axis=0), x.max(axis=0)
    c = (lo + hi) / np.float32(2)
    width = np.float32((hi - lo).max())
    if width < 1e-8:
        width = np.float32(1)
    return (x - c) * np.float32(2.0 / float(width))


def main(reference, out):
    spec = importlib.util.spec_from_file_location("reference", reference)
    ref = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ref)
    centroids, ranks, sums, quantiles, embeddings, codes = [], [], [], [], [], []
    seed = 0
    for dtype in ("float32", "float64"):
        for n in SIZES:
            seed += 1
            p = points(seed, n, 1, dtype)
            sums.append(dict(seed=seed, n=n, dtype=dtype, sum=float(np.add.reduce(p, axis=0)[0])))
            for d in (1, 2, 3):
                seed += 1
                groups = 3
                code = np.floor(units(seed, 1, np.arange(n)) * (groups + 0.3)).astype(int)
                code[code == groups] = -1
                for q, least in ((0.95, 1), (0.7, 10)):
                    got = ref.centroids(points(seed, n, d, dtype), code, list(range(groups)), q, least)
                    centroids.append(dict(seed=seed, n=n, d=d, dtype=dtype, q=q, minPoints=least,
                                          centroids=[[c["category"], c["position"], c["n_points"]] for c in got]))
    for d in (1, 2, 7, 8, 9, 50, 200):
        for n in (30, 1000, 9000):
            seed += 1
            code = np.floor(units(seed, 1, np.arange(n)) * 3.3).astype(int)
            code[code == 3] = -1
            q = ref.latent_quantiles(points(seed, n, d, "float32"), code, 3, 10)
            ranks.append(dict(seed=seed, n=n, d=d, minPoints=10, valid=int((~np.isnan(q)).sum()),
                              sha=sha(q[~np.isnan(q)])))
    for dtype in ("float32", "float64"):
        for n in (2, 3, 10, 11, 1000):
            seed += 1
            v = np.sort(points(seed, n, 1, dtype)[:, 0])
            for q in (0.51, 0.75, 0.95, 0.999):
                t = np.quantile(v, q)
                quantiles.append(dict(seed=seed, n=n, dtype=dtype, q=q, value=float(np.dtype(dtype).type(t))))
    for d in (1, 2, 3):
        for n in (2, 100, 5000):
            seed += 1
            p = points(seed, n, d, "float64")
            lo, hi = p.min(axis=0), p.max(axis=0)
            double = ((p - (lo + hi) / 2) * (2.0 / float((hi - lo).max()))).astype("<f4")
            embeddings.append(dict(seed=seed, n=n, d=d, single=sha(normalise_single(p)), double=sha(double)))
    edge = [0.0, 1.0, -1.0, 3.4028234663852886e38, -3.4028234663852886e38, 1e-45, 1.1754943508222875e-38, 0.1, 254.0,
            255.0, 65534.0, 16777216.0, 16777217.0]
    columns = [[edge[i] for i in pick] for pick in ([1, 1], [0, 1], [3, 4], [5, 6], [8, 9, 7], [10, 0, 7, 1], [11, 12, 0],
                                                    [0, 0, 0], [2, 2], list(range(13)))]
    columns += [list(map(float, (units(900 + k, 0, np.arange(n)) * 20 - 10).astype(np.float32)))
                for k, n in enumerate((2, 3, 50, 100))]
    columns += [list(map(float, np.floor(units(950 + k, 0, np.arange(40)) * 9))) for k in range(3)]
    for column in columns:
        v = np.array(column, np.float32)
        for bits in (8, 16):
            with np.errstate(all="ignore"):
                nudged, plain = ref.quantize(v, bits), quantize_plain(v, bits)
            codes.append(dict(values=[struct.pack(">f", x).hex() for x in v], bits=bits, nudged=nudged[0].tolist(),
                              nudgedBounds=[nudged[1], nudged[2]], plain=plain[0].tolist(),
                              plainBounds=[plain[1], plain[2]]))
    bad = np.array([np.nan, 1, np.inf, 3, -np.inf, 2], np.float32)
    for bits in (8, 16):
        got = quantize_plain(bad, bits)
        codes.append(dict(values=[struct.pack(">f", x).hex() for x in bad], bits=bits, plain=got[0].tolist(),
                          plainBounds=[got[1], got[2]]))
    doubles = [0.0, -0.0, 1.0, -1.0, 0.1, 0.72, float(np.float32(0.72)), 1e-4, 9.999e-5, 1e-5, 1.5e-7, 123456789012345.0,
               1e15, 9999999999999998.0, 1e16, 1.2345e16, 1e22, 1e23, 2e23, 5e-324, 1e-323, 1.5e-323, 2e-323, 4.4e-323,
               2.2250738585072014e-308, 1.7976931348623157e308, 1 / 3, 2 / 3, 100.0, 1e100, 2 ** 53.0, 2 ** 60.0,
               4.35, 0.3, 2.675, 1e-7, 1234.5678]
    doubles += [struct.unpack("<d", struct.pack("<Q", int(u * 2 ** 63)))[0] for u in units(7, 7, np.arange(300))]
    doubles += list(map(float, points(5, 200, 1, "float32")[:, 0]))
    texts = ["", "plain", 'quote " back \\ slash /', "\n\r\t\b\f", "\x00\x1f\x7f~", "é ß 细胞 🧬", "\u2028\ufeff", "\ud83d"]
    golden = dict(centroids=centroids, ranks=ranks, sums=sums, quantiles=quantiles, embeddings=embeddings, codes=codes,
                  floats=[[struct.pack(">d", x).hex(), repr(x)] for x in doubles],
                  texts=[[[ord(c) for c in t], json.dumps(t)] for t in texts],
                  indented=json.dumps({"a": [], "b": {}, "c": [1, [2.5, None]], "d": {"e": True}}, indent=2),
                  line=json.dumps({"a": [], "b": {}, "c": [1, [2.5, None]], "d": {"e": True}}))
    with open(out, "w") as f:
        f.write("{\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in golden.items()) + "\n}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
