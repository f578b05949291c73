/// What a run does: one folder per job, its steps in order. The only builder of steps.
///
/// Jobs never import each other. What several of them share but `launch` need not see has a folder too, which imports
/// no job: [io.cellferry.jobs.variablegenes].
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
