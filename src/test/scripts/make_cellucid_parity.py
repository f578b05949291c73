#!/usr/bin/env python3
"""Writes src/test/resources/cellucid/parity.json: recipes of data sets and what the reference writer makes of them.

  make_cellucid_parity.py REFERENCE.py OUT.json

REFERENCE.py is a writer of contract 0.9.1 with a function `prepare`; needs numpy 1.24, pandas 1.5 and scipy. For every
recipe the outcome is "refused", or the first 16 hex digits of the SHA-256 of each file: of the text for JSON, of the
decompressed bytes for payloads.
"""
import gzip
import hashlib
import importlib.util
import json
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np

import cellucid_recipes as recipes

AWKWARD = ["HLA-A", "HLA-DRB1/2", "a/b", "a_b", "α", "β-actin", "细胞", "gene with space", "% mito", "NKX2.", ".hidden",
           "_x_", "CON", "nul.txt", "actb", "ACTB", "1e5", "NaN", "null", 'quote"d', "back\\slash", "..", "__", "🧬",
           "\uffee", "\U00010000z"]


def numbers(name, values="real", dtype="float32"):
    return dict(name=name, kind="numbers", values=values, dtype=dtype)


def category(name, labels, used=None, missing=False, kind="categories"):
    return dict(name=name, kind=kind, labels=labels, used=len(labels) if used is None else used, missing=missing)


def flags(name, share=0.4, missing=False):
    return dict(name=name, kind="flags", share=share, missing=missing)


def recipe(name, seed, cells=120, genes=6, x=None, obs=None, embeddings=((2, "float32"),), latent=10, graph=None,
           vectors=(), **settings):
    if isinstance(genes, int):
        genes = [f"GENE{i}" for i in range(genes)]
    x = dict(dict(layout="csr", density=0.3, values="counts", dtype="float32"), **(x or {}))
    obs = [category("cell type", ["T", "B", "NK"]), numbers("score")] if obs is None else obs
    base = dict(quantile=0.95, minPoints=10, codes="uint16", title="Data set", id=name)
    base.update({k: v for k, v in settings.items()})
    return dict(name=name, seed=seed, cells=cells, genes=genes, x=x, obs=obs, latent=latent,
                embeddings=[dict(zip(("axes", "dtype", "values"), e)) for e in embeddings], graph=graph,
                vectors=[dict(zip(("id", "axes", "dtype"), v)) for v in vectors], settings=base)


def all_recipes():
    every = [category("plain", ["T", "B", "NK"]), category("numeric text", ["1", "10", "2"], missing=True),
             category("unused", ["never", "odd", "even", "rare"], used=3), category("whole", [3, 1, 2]),
             category("real", [0.5, 1e-7, 2.0, 1e16]), category("truths", [False, True]),
             category("words", ["b2", "b10", "b1", "ß", "🧬", "\uffee"], missing=True, kind="texts"),
             flags("flag"), flags("always", 2.0), flags("maybe", missing=True), numbers("f32"),
             numbers("f64", dtype="float64"), numbers("i64", "counts", "int64"), numbers("i32", "counts", "int32"),
             numbers("constant", "constant"), numbers("negative", "negative"), numbers("wide", "wide"),
             category("sample id/α 🧬", ["s1", "s 2", "s/3"])]
    three = ((1, "float64"), (2, "float32"), (3, "float64"))
    vectors = (("velocity_umap", 2, "float32"), ("velocity_umap", 3, "float64"), ("a\U00010000_umap", 2, "float32"),
               ("a\uffee_umap", 1, "float32"))
    ring = dict(shifts=[1, 2, 7], dtype="float32", layout="csr")
    r, out = recipe, []
    out += [
        r("one-cell-constant-embedding", 1, cells=1, minPoints=1),
        r("two-cells", 2, cells=2, minPoints=1, quantile=0.75),
        r("nine-cells", 3, cells=9, minPoints=2, obs=[category("c", ["x", "y"])]),
        r("plain-f32", 4),
        r("u8-gz6", 5, quantizeGenes=8, quantizeObs=8, gzip=6),
        r("u16-gz1", 6, quantizeGenes=16, quantizeObs=16, gzip=1),
        r("u8-u16-gz9", 7, quantizeGenes=8, quantizeObs=16, gzip=9),
        r("csc", 8, x=dict(layout="csc"), quantizeGenes=16),
        r("dense", 9, x=dict(layout="dense", values="real", density=0.8), quantizeGenes=8),
        r("dense-f64", 10, x=dict(layout="dense", values="real", density=1.0, dtype="float64")),
        r("csr-f64-negative", 11, x=dict(values="negative", dtype="float64"), quantizeGenes=16, gzip=3),
        r("csr-int32", 12, x=dict(dtype="int32"), quantizeGenes=8),
        r("csr-int64", 13, x=dict(dtype="int64"), quantizeGenes=16),
        r("explicit-zeros", 14, x=dict(values="countsOrZero"), quantizeGenes=8),
        r("constant-genes", 15, x=dict(values="constant", density=1.0), quantizeGenes=8),
        r("empty-genes", 16, x=dict(density=0.0), quantizeGenes=16),
        r("every-obs-kind", 17, cells=500, obs=every, embeddings=three, vectors=vectors, defaultVector="velocity_umap",
          graph=ring),
        r("every-obs-kind-u8", 18, cells=1000, obs=every, embeddings=three, vectors=vectors[:2], quantizeObs=8, gzip=6,
          graph=ring, codes="uint8"),
        r("every-obs-kind-u16", 19, cells=700, obs=every, embeddings=three, quantizeObs=16, codes="uint8", quantile=0.8),
        r("five-thousand-cells", 20, cells=5000, obs=every, embeddings=three, quantizeObs=8, latent=50, gzip=6,
          genes=40, quantizeGenes=8, graph=dict(shifts=[1, 2, 3, 50, 999], dtype="float64", layout="csr")),
        r("awkward-names", 21, genes=AWKWARD, quantizeGenes=8),
        r("reordered-subset", 22, genes=AWKWARD, wanted=["细胞", "a/b", "🧬", "ACTB"], geneColumn="symbol α"),
        r("labels-254", 23, cells=3000, codes="uint8", minPoints=3, obs=[category("many", [f"l{i}" for i in range(254)])]),
        r("labels-255", 24, cells=3000, codes="uint8", minPoints=3, obs=[category("many", [f"l{i}" for i in range(255)])]),
        r("labels-256-in-uint8", 25, codes="uint8", obs=[category("many", [f"l{i}" for i in range(256)])]),
        r("labels-256", 26, cells=3000, minPoints=3, obs=[category("many", [f"l{i}" for i in range(256)])]),
        r("cells-65535", 27, cells=65535, genes=2, quantizeGenes=8, graph=ring, gzip=1, embeddings=three),
        r("cells-65536", 28, cells=65536, genes=2, quantizeGenes=16, graph=ring, gzip=1),
        r("cells-65537", 29, cells=65537, genes=2, quantizeGenes=8, graph=ring, gzip=1),
        r("no-centroids", 30, quantile=None),
        r("no-genes", 31, genes=None, graph=dict(shifts=[1], dtype="float64", layout="dense")),
        r("no-obs", 32, obs=[], codes="uint8"),
        r("only-categories", 33, obs=[category("c", ["x", "y", "z"])]),
        r("only-numbers", 34, obs=[numbers("n")], quantizeObs=16),
        r("one-used-label", 35, minPoints=1, obs=[category("c", ["x", "y"], used=0.9)]),
        r("latent-1", 36, latent=1, cells=400), r("latent-7", 37, latent=7, cells=400),
        r("latent-8", 38, latent=8, cells=400), r("latent-9", 39, latent=9, cells=400),
        r("described", 40, description="All about “cells”", sourceName="Atlas", sourceUrl="https://example.org/a?b",
          sourceCitation="Doe 2026"),
        r("one-vector-default", 41, vectors=vectors[:1]),
        r("graph-dense", 42, graph=dict(shifts=[1, 5], dtype="float32", layout="dense")),
        # Refused by the reference writer.
        r("nan-gene", 60, x=dict(values="someNaN")), r("inf-gene", 61, x=dict(values="someInf")),
        r("huge-gene", 62, x=dict(values="huge", dtype="float64")),
        r("tiny-gene", 63, x=dict(values="tiny", dtype="float64")),
        r("nan-obs", 64, obs=[numbers("n", "someNaN")]), r("inf-obs", 65, obs=[numbers("n", "someInf")]),
        r("huge-obs", 66, obs=[numbers("n", "huge", "float64")]), r("tiny-obs", 67, obs=[numbers("n", "tiny", "float64")]),
        r("duplicate-genes", 68, genes=["A", "B", "A"]), r("empty-gene-name", 69, genes=["A", ""]),
        r("newline-gene", 70, genes=["A", "new\nline"]), r("trailing-space-gene", 71, genes=["A", "b "]),
        r("unknown-gene", 72, wanted=["GENE0", "GENE99"]), r("repeated-gene", 73, wanted=["GENE0", "GENE0"]),
        r("asymmetric-weights", 74, graph=dict(ring, defect="asymmetric")),
        r("one-way-edge", 75, graph=dict(ring, defect="oneWay")),
        r("self-edge", 76, graph=dict(ring, defect="diagonal")),
        r("negative-weight", 77, graph=dict(ring, defect="negative")),
        r("constant-embedding", 78, embeddings=((2, "float32", "constant"),)),
        r("nan-embedding", 79, embeddings=((2, "float32", "someNaN"),)),
        r("no-category-large-enough", 80, quantizeObs=8, minPoints=1000),
        r("whole-and-equal-real-label", 81, obs=[category("c", [1.0, 2.5]), category("c2", ["a b", "a  b"])]),
        r("two-vectors-no-default", 82, embeddings=three, vectors=vectors),
        r("bad-id", 83, id="com1.x"), r("bad-name", 84, title=" padded"),
        r("label-beyond-exact", 85, obs=[category("c", [1, 2 ** 53])]),
        r("vector-without-embedding", 86, vectors=(("velocity_umap", 3, "float32"),)),
    ]
    return out


def digest(path):
    data = path.read_bytes()
    return hashlib.sha256(gzip.decompress(data) if path.suffix == ".gz" else data).hexdigest()[:16]


def main(reference, out):
    spec = importlib.util.spec_from_file_location("reference", reference)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    warnings.simplefilter("ignore")
    cases = []
    for r in all_recipes():
        with tempfile.TemporaryDirectory() as tmp:
            folder = Path(tmp) / "out"
            try:
                with np.errstate(all="ignore"):
                    module.prepare(out_dir=folder, **recipes.prepare_arguments(r))
                outcome = {str(p.relative_to(folder)): digest(p) for p in sorted(folder.rglob("*")) if p.is_file()}
            except (ValueError, TypeError, KeyError) as e:
                print("refused", r["name"], e, file=sys.stderr)
                outcome = "refused"
        cases.append(dict(recipe=r, outcome=outcome))
    lines = ",\n".join(json.dumps(c, sort_keys=False) for c in cases)
    Path(out).write_text("[\n" + lines + "\n]\n")
    print(len(cases), "cases,", sum(c["outcome"] == "refused" for c in cases), "refused", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
