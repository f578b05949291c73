/// What a run does: one folder per job, its steps in order. The only builder of steps.
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
