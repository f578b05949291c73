/// The job `ome-zarr-pyramid`: a folder of CellDIVE scans as one multi-channel OME-Zarr image for each region.
///
/// `inspect` stores the plan, `full-resolution` reads every pixel once and writes all levels that a superblock covers,
/// `reductions` the levels above, `publish` the metadata. A region whose files turn out damaged is left out and said;
/// the others are published.
@NullMarked
package io.cellferry.jobs.omezarrpyramid;

import org.jspecify.annotations.NullMarked;
