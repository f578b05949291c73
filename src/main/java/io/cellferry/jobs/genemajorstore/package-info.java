/// The job `gene-major-store`: AnnData as a Zarr store whose matrix lies gene by gene, or cell by cell.
///
/// `inspect` stores the plan, `transpose` turns blocks of the matrix into runs on scratch (or counts, where it lies in
/// the wanted order already), `starts` finds where each gene (or cell) begins, `genes` writes the matrix, `carried`
/// everything else, `publish` the metadata, the root's last.
@NullMarked
package io.cellferry.jobs.genemajorstore;

import org.jspecify.annotations.NullMarked;
