#!/usr/bin/env python3
"""Makes src/test/resources/hvg/loess.csv.gz: x, y and the curve that loess1d.py fits, for plain and near-singular cases.

    python3 src/test/scripts/make_hvg_loess.py        needs numpy

Cases whose name starts with `singular` have neighbourhoods with fewer distinct x than a quadratic has terms, where
scikit-misc raises and R goes on with the pseudo-inverse; `none` cases have no fit at all and an empty last column.
"""
import gzip
import os

import numpy as np

import loess1d

rng = np.random.default_rng(20261121)
cases = []


def case(name, x, y, span=0.3):
    cases.append((name, span, np.asarray(x, float), np.asarray(y, float)))


for n in (20, 57, 200, 1500):
    x = rng.normal(size=n)
    case("smooth-%d" % n, x, np.sin(x) + 0.1 * rng.normal(size=n))
x = rng.normal(size=300)
case("wide-span", x, x**2 + rng.normal(size=300), 0.75)
case("whole-span", x, np.exp(x / 2), 1.0)
case("narrow-span", x, np.cos(3 * x), 0.05)
for n in (150, 900):  # what genes look like: log10 of mean and variance of counts in few cells, many means tied
    mean = np.exp(rng.normal(-2, 2, size=n))
    counts = rng.negative_binomial(2, 2 / (2 + mean[:, None]), size=(n, 60))
    m, v = counts.mean(axis=1), counts.var(axis=1, ddof=1)
    case("counts-%d" % n, np.log10(m[v > 0]), np.log10(v[v > 0]), 0.6 if n == 150 else 0.5)
x = np.arange(100) * 1e9 + 3e11
case("large-x", x, np.sqrt(x))
x = np.repeat([0.0, 1.0], 50)
case("singular-two-means", x, np.where(x == 0, 1.0, 3.0) + 0.1 * rng.normal(size=100), 0.6)
x = np.repeat([-1.0, -0.5, 0.25, 2.0], 25)
case("singular-four-means", x, x**2 + 0.1 * rng.normal(size=100), 0.4)
x = np.concatenate([np.repeat([-2.0, -1.7], 40), rng.uniform(-1, 1, size=120)])
case("singular-at-one-end", x, x + 0.2 * rng.normal(size=200), 0.3)
x = np.repeat(np.log10(np.arange(1, 7) / 12), 12)
case("singular-six-means", x, 1.2 * x + 0.05 * rng.normal(size=72), 0.25)
case("none-one-mean", np.zeros(40), rng.normal(size=40))
case("none-too-few", np.arange(9), np.arange(9))
case("none-mean-fills-the-span", np.concatenate([np.zeros(50), np.arange(1, 51)]), rng.normal(size=100), 0.3)

path = os.path.join(os.path.dirname(__file__), "..", "resources", "hvg", "loess.csv.gz")
with gzip.GzipFile(path, "wb", mtime=0) as out:
    out.write(b"case,span,x,y,fitted\n")
    for name, span, x, y in cases:
        try:
            diag = {}
            fit = [repr(float(v)) for v in loess1d.loess(x, y, span=span, diag=diag)]
            print("%-26s n=%-5d vertices=%-3d rcond=%.1e" % (name, x.size, diag["vertices"].size, diag["rcond"]))
            assert name.startswith("singular") == (diag["rcond"] < 1e-13), name
        except loess1d.LoessError as e:
            print("%-26s n=%-5d %s" % (name, x.size, e))
            assert name.startswith("none"), name
            fit = [""] * x.size
        for row in zip(x, y, fit):
            out.write(("%s,%r,%r,%r,%s\n" % (name, span, float(row[0]), float(row[1]), row[2])).encode())
