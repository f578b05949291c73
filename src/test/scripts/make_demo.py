#!/usr/bin/env python3
"""Makes jobs/data/demo.h5ad: 700 invented cells x 400 genes on a tree of blood-like cell types.

Nothing in it was measured; only the marker genes carry real names, so that colouring by one shows what a user expects.
The same seed gives the same data. Needs anndata, numpy, pandas and scipy.

    src/test/scripts/make_demo.py [OUTPUT]
"""

import sys
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sparse

SEED = 20260425
CELLS, GENES, NEIGHBOURS, COMPONENTS = 700, 400, 10, 10

# Cell type: parent, share of the cells, end of its branch in 2-D, height of that end in 3-D, colour, marker genes.
TYPES = {
    "Stem cell": (None, 0.10, (0.0, 0.0), 0.0, "#7f7f7f", ["CD34", "KIT", "AVP", "CRHBP", "HLF"]),
    "Erythroid": ("Stem cell", 0.19, (-7.0, 3.0), 2.5, "#d62728", ["HBA1", "HBB", "GATA1", "KLF1", "TFRC"]),
    "Megakaryocyte": ("Stem cell", 0.09, (-4.5, -3.5), -2.0, "#9467bd", ["PF4", "PPBP", "ITGA2B", "GP9", "VWF"]),
    "Myeloid progenitor": ("Stem cell", 0.14, (3.5, 3.0), 1.0, "#bcbd22", ["MPO", "ELANE", "AZU1", "PRTN3", "CTSG"]),
    "Monocyte": ("Myeloid progenitor", 0.17, (8.0, 2.0), 3.0, "#ff7f0e", ["CD14", "LYZ", "S100A8", "S100A9", "FCN1"]),
    "Dendritic cell": ("Myeloid progenitor", 0.08, (5.0, 7.5), -1.0, "#8c564b", ["FCER1A", "CD1C", "IRF8", "CLEC10A", "IL3RA"]),
    "B cell": ("Stem cell", 0.13, (3.0, -6.5), -3.5, "#1f77b4", ["CD19", "MS4A1", "CD79A", "CD79B", "PAX5"]),
    "T cell": ("Stem cell", 0.10, (7.5, -4.5), 1.5, "#2ca02c", ["CD3D", "CD3E", "IL7R", "CCR7", "TRAC"]),
}


def place_cells(rng):
    """Type, progress along the branch, position and direction (2-D and 3-D) of each cell."""
    names = list(TYPES)
    counts = [round(TYPES[name][1] * CELLS) for name in names]
    counts[0] += CELLS - sum(counts)
    kinds, progress, points, directions = [], [], [], []
    for kind, count in enumerate(counts):
        parent, _, end, height, _, _ = TYPES[names[kind]]
        end = np.array([*end, height])
        start = np.array([*TYPES[parent][2], TYPES[parent][3]]) if parent else end
        along = rng.beta(1.6, 1.2, count) if parent else np.zeros(count)
        straight = end - start
        sideways = np.array([-straight[1], straight[0], 0.0])
        bend = 0.18 * np.sin(np.pi * along)[:, None] * sideways
        width = (0.45 + 0.35 * along)[:, None] if parent else 0.9
        points.append(start + along[:, None] * straight + bend + rng.normal(size=(count, 3)) * width)
        directions.append(straight + 0.18 * np.pi * np.cos(np.pi * along)[:, None] * sideways if parent
                          else rng.normal(size=(count, 3)))
        kinds += [kind] * count
        progress.append(along)
    kinds, progress = np.array(kinds), np.concatenate(progress)
    points, directions = np.concatenate(points), np.concatenate(directions)
    directions /= np.maximum(np.linalg.norm(directions, axis=1, keepdims=True), 1e-9)
    shuffled = rng.permutation(CELLS)
    return kinds[shuffled], progress[shuffled], points[shuffled], 0.8 * directions[shuffled]


def count_transcripts(rng, kinds, progress):
    """Counts: a background that differs by gene, and markers that rise along their branch and its children."""
    names = list(TYPES)
    markers = [(gene, kind) for kind, name in enumerate(names) for gene in TYPES[name][5]]
    genes = [gene for gene, _ in markers] + [f"SYN{i:04d}" for i in range(1, GENES - len(markers) + 1)]
    rate = np.tile(rng.gamma(0.5, 0.35, GENES), (CELLS, 1))
    for column, (_, kind) in enumerate(markers):
        level = rng.uniform(4, 12)
        own, name = kinds == kind, names[kind]
        rate[own, column] += level * (0.25 + progress[own])
        for child, child_name in enumerate(names):
            if TYPES[child_name][0] == name:
                inherits = kinds == child
                rate[inherits, column] += 0.6 * level * (1 - progress[inherits])
    depth = rng.lognormal(0.0, 0.3, CELLS)[:, None]
    dispersion = 2.0
    return genes, rng.poisson(rng.gamma(dispersion, rate * depth / dispersion)).astype(np.float32)


def neighbours(coordinates):
    """Symmetric weights in (0, 1] between each cell and its nearest, without a diagonal."""
    distance = np.linalg.norm(coordinates[:, None, :] - coordinates[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :NEIGHBOURS]
    rows = np.repeat(np.arange(CELLS), NEIGHBOURS)
    scale = np.sort(distance, axis=1)[:, NEIGHBOURS - 1][rows]
    weights = np.exp(-distance[rows, nearest.ravel()] / scale)
    directed = sparse.csr_matrix((weights.astype(np.float32), (rows, nearest.ravel())), shape=(CELLS, CELLS))
    graph = directed.maximum(directed.T).tocsr()
    graph.sort_indices()
    return graph


def main(output):
    rng = np.random.default_rng(SEED)
    names = list(TYPES)
    kinds, progress, points, directions = place_cells(rng)
    genes, counts = count_transcripts(rng, kinds, progress)
    logged = np.log1p(counts)
    centred = logged - logged.mean(axis=0)
    left, singular, _ = np.linalg.svd(centred, full_matrices=False)
    components = (left * singular)[:, :COMPONENTS].astype(np.float32)

    obs = pd.DataFrame(index=[f"cell-{i:04d}" for i in range(CELLS)])
    obs["cell_type"] = pd.Categorical.from_codes(kinds, names)
    obs["donor"] = pd.Categorical(rng.choice(["donor-1", "donor-2", "donor-3"], CELLS, p=[0.5, 0.3, 0.2]))
    obs["total_counts"] = counts.sum(axis=1).astype(np.int64)
    obs["genes_detected"] = (counts > 0).sum(axis=1).astype(np.int32)
    obs["pseudotime"] = (progress + [0 if TYPES[names[k]][0] is None else 1 for k in kinds]).astype(np.float32)
    obs["cycling"] = rng.random(CELLS) < np.where(kinds == 0, 0.4, 0.1)

    var = pd.DataFrame(index=pd.Index(genes))
    var["gene_id"] = [f"DEMO{i:05d}" for i in range(GENES)]
    var["marker"] = [not gene.startswith("SYN") for gene in genes]

    data = anndata.AnnData(sparse.csr_matrix(logged), obs=obs, var=var, dtype=np.float32)
    data.layers["counts"] = sparse.csr_matrix(counts)
    data.obsm["X_pca"] = components
    data.obsm["X_umap"] = points[:, :2].astype(np.float32)
    data.obsm["X_umap_3d"] = points.astype(np.float32)
    data.obsm["velocity_umap_2d"] = directions[:, :2].astype(np.float32)
    data.obsm["velocity_umap_3d"] = directions.astype(np.float32)
    data.obsp["connectivities"] = neighbours(components)
    data.uns["cell_type_colors"] = [TYPES[name][4] for name in names]
    data.uns["title"] = "Invented blood cells, made by make_demo.py"
    data.write_h5ad(output, compression="gzip", compression_opts=9)


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[3]
    main(sys.argv[1] if len(sys.argv) > 1 else here / "jobs" / "data" / "demo.h5ad")
