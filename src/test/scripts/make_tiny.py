#!/usr/bin/env python3
"""Makes src/test/resources/tiny: inputs so small that an export can be broken at each of its operations.

tiny.h5ad  5 cells x 6 genes; every step of an export has something to do
wide.h5ad  5 cells x 65 genes, so that there are two units of genes (of 64 and 1)
graph_by_column.h5ad  tiny.h5ad with its graph as a csc_matrix

All values are written out or computed from their position; nothing in them was measured. Needs anndata, numpy, pandas
and scipy.

    src/test/scripts/make_tiny.py
"""

from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sparse


def cells():
    obs = pd.DataFrame(index=[f"cell-{i}" for i in range(5)])
    obs["kind"] = pd.Categorical(["B", "T", "T", "B", "NK"], categories=["B", "NK", "T"])
    obs["depth"] = np.array([3.5, 0.0, 12.25, 7.0, 1.0], dtype=np.float32)
    return obs


def data(counts, genes):
    made = anndata.AnnData(
        sparse.csr_matrix(counts), obs=cells(), var=pd.DataFrame(index=pd.Index(genes)), dtype=np.float32
    )
    made.obsm["X_umap"] = np.array([[0, 0], [1, 0], [1, 2], [-1, 1], [3, 3]], dtype=np.float32)
    return made


def tiny():
    counts = np.array(
        [
            [0, 1, 0, 0, 2, 0],
            [3, 0, 0, 0, 0, 0],
            [0, 0, 0, 4, 0, 5],
            [0, 6, 0, 0, 0, 7],
            [8, 0, 0, 9, 0, 0],
        ],
        dtype=np.float32,
    )
    made = data(counts, ["ACTB", "CD3E", "EMPTY", "GNLY", "MS4A1", "NKG7"])
    made.obsm["X_pca"] = np.array(
        [[1, 0, 0.5], [0, 1, 0.25], [0.5, 1, 0], [1, 0.125, 0], [0, 0, 2]], dtype=np.float32
    )
    made.obsm["velocity_umap"] = np.array([[0, 1], [1, 0], [0.5, 0.5], [-1, 0], [0, -0.25]], dtype=np.float32)
    edges = np.zeros((5, 5), dtype=np.float32)
    for one, other, weight in [(0, 3, 1.0), (1, 2, 0.5), (2, 4, 0.25), (0, 1, 0.75)]:
        edges[one, other] = edges[other, one] = weight
    made.obsp["connectivities"] = sparse.csr_matrix(edges)
    return made


def graph_by_column():
    made = tiny()
    made.obsp["connectivities"] = made.obsp["connectivities"].tocsc()
    return made


def wide():
    places = np.arange(5 * 65).reshape(5, 65)
    counts = np.where(places % 7 == 0, places % 100 + 1, 0).astype(np.float32)
    return data(counts, [f"gene-{i:03d}" for i in range(65)])


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[1] / "resources" / "tiny"
    tiny().write_h5ad(folder / "tiny.h5ad")
    wide().write_h5ad(folder / "wide.h5ad")
    graph_by_column().write_h5ad(folder / "graph_by_column.h5ad")
