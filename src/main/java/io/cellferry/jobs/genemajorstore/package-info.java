/// The job `gene-major-store`: AnnData as a Zarr store whose matrix lies gene by gene.
///
/// `inspect` stores the plan, `transpose` turns blocks of cells into runs on scratch (or counts, where the matrix lies
/// gene by gene already), `starts` finds where each gene begins, `genes` writes the matrix, `carried` everything else,
/// `publish` the metadata, the root's last.
@NullMarked
package io.cellferry.jobs.genemajorstore;

import org.jspecify.annotations.NullMarked;
