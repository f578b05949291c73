/// The job `cellucid-export`: a single-cell data set in, a Cellucid static export folder out.
///
/// Steps in order, each named after what it produces: `inspect` settles the plan; `turn` to `select` choose genes
/// where that is asked for; `transpose` turns a cell-major
/// matrix into runs (skipped when it is gene-major already); `embeddings`, `obs`, `genes`, `connectivities`,
/// `vectors` write their payloads; `publish` writes the manifests, the identity last, and moves the folder into
/// place.
///
/// Cost: the matrix is read once and written once to scratch (about a fifth of its decoded size); memory is bounded
/// by blocks of up to 4 M stored values and by single columns of the cells. A restart repeats at most one unit a
/// worker: one block of cells, one annotation, up to 512 genes, or the edge list.
@NullMarked
package io.cellferry.jobs.cellucidexport;

import org.jspecify.annotations.NullMarked;
