/// The job `cellucid-export`: a single-cell data set in, a Cellucid static export folder out.
@NullMarked
package io.cellferry.jobs.cellucidexport;

import org.jspecify.annotations.NullMarked;
