/// What a run does: one folder per job, its steps in order. The only builder of steps.
///
/// What lies here is what `launch` sees of jobs, and what it takes to run them. What only jobs share has folders of
/// its own: [io.cellferry.jobs.planning], [io.cellferry.jobs.turning] and [io.cellferry.jobs.variablegenes]. They
/// import no job, and jobs never import each other.
@ApplicationModule(
        allowedDependencies = {
            "dataset",
            "matrix",
            "cellucid",
            "genemajor",
            "hvg",
            "image",
            "celldive",
            "omexml",
            "omezarr",
            "zarr",
            "page",
            "storage",
            "failure"
        })
@NullMarked
package io.cellferry.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
