"""Data sets made of a seed: the same recipe gives the same numbers here and in RecipeDataset.java.

A number is a hash of (seed, purpose, index), so no random generator has to be shared between two languages.
"""
import numpy as np
import pandas as pd
from scipy import sparse

MASK = (1 << 64) - 1
# Purposes; each has its own stream of numbers.
X_STORED, X_VALUE, LATENT, EMBEDDING, VECTOR, GRAPH, OBS = 1, 2, 3, 10, 20, 30, 100


def units(seed, purpose, index):
    """Numbers in [0, 1) for an array of indices."""
    start = ((seed * 1000 + purpose + 1) * 0x9E3779B97F4A7C15) & MASK
    z = np.asarray(index, np.uint64) * np.uint64(0xD1B54A32D192ED03) + np.uint64(start)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0 ** -53


def values_of(kind, u):
    """Doubles of a kind, still to be cast to a stored type."""
    if kind == "counts":
        return np.floor(u * 20) + 1
    if kind == "countsOrZero":
        return np.floor(u * 3)
    if kind == "real":
        return (u * 2 - 1) * 10
    if kind == "negative":
        return -u * 5 - 0.25
    if kind == "constant":
        return np.full(u.shape, 7.0)
    if kind == "zero":
        return np.zeros(u.shape)
    if kind == "someNaN":
        return np.where(u < 0.2, np.nan, u)
    if kind == "someInf":
        return np.where(u < 0.1, np.inf, np.where(u > 0.9, -np.inf, u))
    if kind == "huge":
        return u * 1e300
    if kind == "tiny":
        return u * 1e-300
    if kind == "wide":
        return (u - 0.5) * 1e30
    raise ValueError(kind)


def matrix(r):
    x, n = r["x"], r["cells"]
    g = len(r["genes"])
    index = np.arange(n * g, dtype=np.int64)
    stored = units(r["seed"], X_STORED, index) < x["density"]
    data = values_of(x["values"], units(r["seed"], X_VALUE, index))
    if x["layout"] == "dense":
        return np.where(stored, data, 0.0).astype(x["dtype"]).reshape(n, g)
    at = index[stored]
    csr = sparse.csr_matrix((data[stored].astype(x["dtype"]), (at // g, at % g)), shape=(n, g))
    if x["values"] in ("countsOrZero", "zero"):   # the constructor keeps explicit zeros
        assert csr.nnz == stored.sum()
    return csr if x["layout"] == "csr" else csr.tocsc()


def table(r, purpose, columns, dtype="float32", kind="real"):
    index = np.arange(r["cells"] * columns, dtype=np.int64)
    return values_of(kind, units(r["seed"], purpose, index)).astype(dtype).reshape(r["cells"], columns)


def obs(r):
    n, columns = r["cells"], {}
    for i, c in enumerate(r["obs"]):
        u = units(r["seed"], OBS + i, np.arange(n))
        if c["kind"] == "numbers":
            columns[c["name"]] = pd.Series(values_of(c["values"], u).astype(c["dtype"]))
        elif c["kind"] == "flags":
            flags = pd.array(u < c["share"], dtype="boolean" if c["missing"] else "bool")
            if c["missing"]:
                flags[u > 0.9] = pd.NA
            columns[c["name"]] = pd.Series(flags)
        else:
            labels = c["labels"]
            codes = np.floor(u * c["used"]).astype(np.int64)
            if c["missing"]:
                codes[u > 0.95] = -1
            if c["kind"] == "categories":
                columns[c["name"]] = pd.Series(pd.Categorical.from_codes(codes, pd.Index(labels)))
            else:
                texts = np.array(labels, dtype=object)[codes]
                texts[codes < 0] = None
                columns[c["name"]] = pd.Series(texts, dtype=object)
    return pd.DataFrame(columns, index=range(n))


def graph(r):
    g, n = r["graph"], r["cells"]
    rows, cols, data = [], [], []
    for shift in g["shifts"]:
        i = np.arange(n, dtype=np.int64)
        j = (i + shift) % n
        lo, hi = np.minimum(i, j), np.maximum(i, j)
        w = units(r["seed"], GRAPH, lo * n + hi) + 0.001
        rows += [i, j]
        cols += [j, i]
        data += [w, w]
    m = sparse.coo_matrix((np.concatenate(data).astype(g["dtype"]), (np.concatenate(rows), np.concatenate(cols))),
                          shape=(n, n)).tolil()
    defect = g.get("defect")
    if defect == "asymmetric":
        m[0, n - 1] = 0.5
        m[n - 1, 0] = 0.25
    if defect == "oneWay":
        m[1, n // 2] = 0.5
        m[n // 2, 1] = 0
    if defect == "diagonal":
        m[2, 2] = 1
    if defect == "negative":
        m[0, 1] = m[1, 0] = -1
    csr = m.tocsr()
    csr.sort_indices()
    return csr if g["layout"] != "dense" else csr.toarray()


def prepare_arguments(r):
    s = r["settings"]
    kw = dict(latent_space=table(r, LATENT, r["latent"]), obs=obs(r), obs_keys=[c["name"] for c in r["obs"]],
              centroid_outlier_quantile=s.get("quantile"), centroid_min_points=s["minPoints"],
              var_quantization=s.get("quantizeGenes"), obs_continuous_quantization=s.get("quantizeObs"),
              compression=s.get("gzip"), obs_categorical_dtype=s["codes"], dataset_name=s["title"], dataset_id=s["id"],
              created_at="2026-01-01T00:00:00Z", dataset_description=s.get("description"),
              source_name=s.get("sourceName"), source_url=s.get("sourceUrl"), source_citation=s.get("sourceCitation"))
    for e in r["embeddings"]:
        kw[f"X_umap_{e['axes']}d"] = table(r, EMBEDDING + e["axes"], e["axes"], e["dtype"], e.get("values", "real"))
    if r.get("genes") is not None:
        names = pd.Index(r["genes"], dtype=object)
        column = s.get("geneColumn")
        kw["var"] = pd.DataFrame({column: names} if column else {}, index=None if column else names)
        kw["var_gene_id_column"] = column
        kw["gene_expression"] = matrix(r)
        kw["gene_identifiers"] = s.get("wanted")
    if r.get("graph"):
        kw["connectivities"] = graph(r)
    if r.get("vectors"):
        kw["vector_fields"] = {f"{v['id']}_{v['axes']}d": table(r, VECTOR + 3 * k + v["axes"], v["axes"], v["dtype"])
                               for k, v in enumerate(r["vectors"])}
        kw["vector_field_default"] = s.get("defaultVector")
    return kw
