/// Writing AnnData Zarr stores whose matrix lies gene by gene: a layout on top of `zarr`.
@ApplicationModule(allowedDependencies = {"dataset", "matrix", "zarr", "page", "storage", "failure"})
@NullMarked
package io.cellferry.genemajor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
