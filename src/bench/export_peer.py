#!/usr/bin/env python3
"""The input of export_peer.sh and the call of the Python exporter, from whose checkout (CELLUCID_SRC) nothing is copied.

    export_peer.py make OUTPUT [--cells 100000] [--genes 2000]    an .h5ad with everything a viewer shows
    export_peer.py there                                          whether the exporter can be imported
    export_peer.py run INPUT OUTPUT                               export it, as its users do
    export_peer.py same OURS PYTHON                               how many files are equal once decompressed
"""

import argparse
import contextlib
import gzip
import io
import os
import sys
from pathlib import Path

import numpy as np

SEED = 20261121
STORED = 0.08
NEIGHBOURS = 15
CLUSTERS = 12
BLOCK_CELLS = 10_000


def counts(rng, cells, genes):
    """CSR of counts block by block; genes differ in how often they are seen."""
    from scipy import sparse

    seen = rng.gamma(0.6, 1.0, genes) + 0.01
    seen = np.minimum(seen * STORED / seen.mean(), 0.95)
    blocks = []
    for at in range(0, cells, BLOCK_CELLS):
        hit = rng.random((min(BLOCK_CELLS, cells - at), genes), dtype=np.float32) < seen.astype(np.float32)
        block = sparse.csr_matrix(hit, dtype=np.float32)
        block.data = (1 + rng.negative_binomial(1, 0.45, block.nnz)).astype(np.float32)
        blocks.append(block)
    return sparse.vstack(blocks, format="csr")


def neighbours(points):
    """A symmetric weighted graph with an empty diagonal."""
    from scipy import sparse
    from scipy.spatial import cKDTree

    cells = len(points)
    distance, other = cKDTree(points).query(points, k=NEIGHBOURS + 1)
    rows = np.repeat(np.arange(cells), NEIGHBOURS)
    columns = other[:, 1:].ravel()
    weight = np.exp(-(distance[:, 1:] / distance[:, -1:]) ** 2).astype(np.float32).ravel()
    others = rows != columns
    graph = sparse.csr_matrix((weight[others], (rows[others], columns[others])), shape=(cells, cells))
    graph = graph.maximum(graph.T).tocsr()
    graph.sort_indices()
    return graph


def annotations(rng, cluster, matrix):
    import pandas as pd

    cells = len(cluster)
    cell_type = pd.Categorical.from_codes(cluster, [f"type {c}" for c in range(CLUSTERS)])
    cell_type[rng.random(cells) < 0.01] = np.nan
    mito = rng.gamma(2, 2.5, cells).astype(np.float32)
    mito[rng.random(cells) < 0.02] = np.nan
    columns = {
        "cell_type": cell_type,
        "cluster": pd.Categorical(cluster.astype(str)),
        "clone": pd.Categorical(rng.integers(0, 400, cells).astype(str)),
        "batch": pd.Categorical(rng.choice(["b1", "b2", "b10"], cells)),
        "donor": pd.Categorical(rng.choice([f"donor {d}" for d in range(7)], cells)),
        "sample": pd.Categorical(rng.choice(["s1", "s 2", "s/3"], cells)),
        "phase": pd.Categorical(rng.choice(["G1", "S", "G2M"], cells, p=[0.7, 0.2, 0.1])),
        "parity": pd.Categorical(np.where(cluster % 2 == 0, "even", "odd")),
        "is_doublet": rng.random(cells) < 0.05,
        "n_counts": np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64),
        "n_genes": np.diff(matrix.indptr).astype(np.int32),
        "pct_mito": mito,
        "constant": np.full(cells, 3.25),
    }
    return pd.DataFrame(columns, index=[f"cell{i:08d}" for i in range(cells)])


def make(output, cells, genes):
    import anndata
    import pandas as pd

    rng = np.random.default_rng(SEED)
    matrix = counts(rng, cells, genes)
    cluster = rng.integers(0, CLUSTERS, cells)
    angle = 2 * np.pi * cluster / CLUSTERS
    centre = np.column_stack([np.cos(angle), np.sin(angle), cluster / CLUSTERS]) * 8
    points = (centre + rng.normal(0, 0.9, (cells, 3))).astype(np.float32)
    speed = np.column_stack([-points[:, 1], points[:, 0], np.full(cells, 0.3)]).astype(np.float32) * np.float32(0.05)
    latent = (points @ rng.normal(size=(3, 50)) + rng.normal(0, 0.5, (cells, 50))).astype(np.float32)
    data = anndata.AnnData(
        X=matrix,
        obs=annotations(rng, cluster, matrix),
        var=pd.DataFrame(index=[f"GENE{i:05d}" for i in range(genes)]),
        obsm={"X_pca": latent, "X_umap": points[:, :2].copy(), "X_umap_3d": points,
              "velocity_umap": speed[:, :2].copy(), "velocity_umap_3d": speed},
        obsp={"connectivities": neighbours(points)},
        dtype=np.float32)
    part = output + ".part"
    data.write_h5ad(part)
    os.replace(part, output)


def exporter():
    checkout = os.environ.get("CELLUCID_SRC", "")
    for folder in (Path(checkout) / "src", Path(checkout)):
        if checkout and (folder / "cellucid").is_dir():
            sys.path.insert(0, str(folder))
            from cellucid.prepare_data import prepare
            return prepare
    sys.exit("export_peer.py: no folder cellucid in CELLUCID_SRC=%s" % checkout)


def run(source, output):
    prepare = exporter()
    import anndata

    data = anndata.read_h5ad(source)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        prepare(
            latent_space=data.obsm["X_pca"], obs=data.obs, var=data.var, gene_expression=data.X,
            var_gene_id_column="index", X_umap_2d=data.obsm["X_umap"], X_umap_3d=data.obsm["X_umap_3d"],
            connectivities=data.obsp["connectivities"],
            vector_fields={"velocity_umap_2d": data.obsm["velocity_umap"], "velocity_umap_3d": data.obsm["velocity_umap_3d"]},
            out_dir=output, var_quantization=8, obs_continuous_quantization=8, compression=6)


def same(ours, python):
    def files(folder):
        return {str(path.relative_to(folder)): path for path in Path(folder).rglob("*.gz")}

    def contents(path):
        with gzip.open(path) as file:
            return file.read()

    a, b = files(ours), files(python)
    equal = sum(contents(a[name]) == contents(b[name]) for name in a.keys() & b.keys())
    print(f"{equal:,} of {len(a):,} payloads are those of the Python exporter; {len(b):,} are its own")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    made = verbs.add_parser("make")
    made.add_argument("output")
    made.add_argument("--cells", type=int, default=100_000)
    made.add_argument("--genes", type=int, default=2_000)
    verbs.add_parser("there")
    for verb, first, second in (("run", "input", "output"), ("same", "ours", "python")):
        one = verbs.add_parser(verb)
        one.add_argument(first)
        one.add_argument(second)
    said = parser.parse_args()
    if said.verb == "make":
        make(said.output, said.cells, said.genes)
    elif said.verb == "there":
        exporter()
    elif said.verb == "run":
        run(said.input, said.output)
    else:
        same(said.ours, said.python)


if __name__ == "__main__":
    main()
