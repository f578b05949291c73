#!/usr/bin/env python3
"""Whole-folder parity: many generated .h5ad files through the reference writer and through ours.

  parity.py --reference REFERENCE.py --command './cellferry export {input} -o {output} {options}' [--only NAME]
            [--work DIR] [--keep] [--digest FILE]

For every case of cellucid_recipes/make_cellucid_parity an .h5ad is written, REFERENCE.prepare is run on what anndata
reads from it (so both sides see the same file), the command is run, and both folders are compared: JSON as text,
payloads after decompression. What the reference refuses has to be refused by the command (exit code 64 or 65), and must
leave no output. --digest writes one line per accepted case: name, SHA-256 over its sorted (path, decompressed bytes).

`{options}` are the options of section 5 of the design page. Exit code 1 when anything differs. Needs anndata 0.8,
numpy 1.24, pandas 1.5, scipy, h5py.
"""
import argparse
import gzip
import hashlib
import importlib.util
import shlex
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
from scipy import sparse

import cellucid_recipes as recipes
from make_cellucid_parity import all_recipes

REFUSED = (64, 65)


def write_h5ad(r, path):
    """The data set of a recipe as a file; None when no .h5ad can hold it."""
    n = r["cells"]
    obs = recipes.obs(r)
    obs.index = pd.Index([f"cell{i}" for i in range(n)])
    for name in obs.columns:
        if obs[name].dtype == object:      # an .h5ad has no missing texts; they become a category
            if obs[name].isna().any():
                obs[name] = obs[name].astype("category")
    genes = r["genes"] if r["genes"] is not None else ["unused"]
    x = recipes.matrix(r) if r["genes"] is not None else sparse.csr_matrix((n, 1), dtype=np.float32)
    column = r["settings"].get("geneColumn")
    names = pd.Index(genes, dtype=object)
    var = pd.DataFrame({column: names.to_numpy()}, index=[f"id{i}" for i in range(len(genes))]) if column \
        else pd.DataFrame(index=names)
    ad = anndata.AnnData(X=x, obs=obs, var=var, dtype=x.dtype)
    ad.obsm["X_pca"] = recipes.table(r, recipes.LATENT, r["latent"])
    for e in r["embeddings"]:
        ad.obsm[f"X_umap_{e['axes']}d"] = recipes.table(r, recipes.EMBEDDING + e["axes"], e["axes"], e["dtype"],
                                                         e.get("values", "real"))
    for k, v in enumerate(r["vectors"]):
        ad.obsm[f"{v['id']}_{v['axes']}d"] = recipes.table(r, recipes.VECTOR + 3 * k + v["axes"], v["axes"], v["dtype"])
    if r.get("graph"):
        graph = recipes.graph(r)
        ad.obsp["connectivities"] = graph
    ad.write_h5ad(path)


def reference(module, r, path, out):
    ad = anndata.read_h5ad(path)
    kw = recipes.prepare_arguments(r)
    kw.update(latent_space=ad.obsm["X_pca"], obs=ad.obs)
    for e in r["embeddings"]:
        kw[f"X_umap_{e['axes']}d"] = ad.obsm[f"X_umap_{e['axes']}d"]
    if r["genes"] is not None:
        kw.update(gene_expression=ad.X, var=ad.var)
    if r.get("graph"):
        kw["connectivities"] = ad.obsp["connectivities"]
    if r.get("vectors"):
        kw["vector_fields"] = {key: ad.obsm[key] for key in kw["vector_fields"]}
    module.prepare(out_dir=out, **kw)


def options(r, folder):
    s, out = r["settings"], ["--contract", "0.9.1", "--latent", "obsm/X_pca", "--created-at", "2026-01-01T00:00:00Z"]
    for e in r["embeddings"]:
        out += ["--embedding", f"{e['axes']}d=obsm/X_umap_{e['axes']}d"]
    if r["obs"]:
        out += ["--obs-keys", ",".join(c["name"] for c in r["obs"])]
    for key, flag in (("quantizeGenes", "--quantize-genes"), ("quantizeObs", "--quantize-obs"), ("gzip", "--gzip"),
                      ("quantile", "--centroid-quantile")):
        out += [flag, str(s[key]) if s.get(key) is not None else "none"]
    out += ["--obs-codes", s["codes"], "--centroid-min-points", str(s["minPoints"])]
    for key, flag in (("id", "--dataset-id"), ("title", "--dataset-name"), ("description", "--description"),
                      ("sourceName", "--source-name"), ("sourceUrl", "--source-url"),
                      ("sourceCitation", "--source-citation"), ("geneColumn", "--gene-ids")):
        if s.get(key) is not None:
            out += [f"{flag}={s[key]}"]
    if s.get("wanted") is not None:
        genes = folder / "genes.txt"
        genes.write_text("".join(g + "\n" for g in s["wanted"]))
        out += ["--genes", str(genes)]
    out += ["--connectivities", "obsp/connectivities" if r.get("graph") else "none"]
    keys = [f"{v['id']}_{v['axes']}d" for v in r["vectors"]]
    out += ["--vectors", ",".join(f"obsm/{k}" for k in keys) if keys else "none"]
    if s.get("defaultVector") is not None:
        out += ["--vector-default", s["defaultVector"]]
    if r["genes"] is None:
        out += ["--matrix", "none"]
    return out


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def files(root):
    return {str(p.relative_to(root)): p for p in root.rglob("*") if p.is_file()}


def digest(root):
    sha = hashlib.sha256()
    for name, path in sorted(files(root).items()):
        data = content(path)
        sha.update(f"{name}\0{len(data)}\0".encode() + data)
    return sha.hexdigest()


def differences(ours, theirs):
    a, b = files(ours), files(theirs)
    out = [f"only ours: {n}" for n in sorted(a.keys() - b.keys())]
    out += [f"only the reference's: {n}" for n in sorted(b.keys() - a.keys())]
    return out + [f"differs: {n}" for n in sorted(a.keys() & b.keys()) if content(a[n]) != content(b[n])]


def run_case(module, r, command, work):
    """(problems, digest of the reference or None when it refuses)"""
    source, ours, theirs = work / "in.h5ad", work / "ours", work / "reference"
    write_h5ad(r, source)
    refusal = None
    try:
        with np.errstate(all="ignore"):
            reference(module, r, source, theirs)
    except (ValueError, TypeError, KeyError) as e:
        refusal = e
    words = []
    for word in shlex.split(command):
        words += options(r, work) if word == "{options}" else [word.format(input=source, output=ours)]
    done = subprocess.run(words, capture_output=True, text=True)
    if refusal is not None:
        problems = [] if done.returncode in REFUSED else [f"exit code {done.returncode}, but the reference says {refusal}"]
        return problems + (["refused, but left an output"] if ours.exists() else []), None
    if done.returncode != 0:
        return [f"exit code {done.returncode}: {done.stderr.strip()[-500:]}"], digest(theirs)
    return differences(ours, theirs), digest(theirs)


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--reference", required=True), p.add_argument("--command", required=True)
    p.add_argument("--only"), p.add_argument("--work"), p.add_argument("--digest")
    p.add_argument("--keep", action="store_true")
    a = p.parse_args(argv)
    spec = importlib.util.spec_from_file_location("reference", a.reference)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    warnings.simplefilter("ignore")
    failed = compared = refused = 0
    digests = []
    for r in all_recipes():
        if a.only and r["name"] != a.only:
            continue
        tmp = tempfile.mkdtemp(prefix=r["name"] + "-", dir=a.work) if a.keep else None
        scratch = None if a.keep else tempfile.TemporaryDirectory(dir=a.work)
        try:
            problems, sha = run_case(module, r, a.command, Path(tmp or scratch.name))
        finally:
            if scratch:
                scratch.cleanup()
        compared, refused = compared + (sha is not None), refused + (sha is None)
        if sha:
            digests.append(f"{r['name']} {sha}\n")
        failed += bool(problems)
        print("\n     ".join([("FAIL " if problems else "ok   ") + r["name"], *problems]))
    if a.digest:
        Path(a.digest).write_text("".join(digests))
    print(f"{compared} compared, {refused} refused by the reference, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
