/// Image pyramids as OME-Zarr 0.4 and 0.5: how an image is cut into levels, chunks and units of work, how levels are
/// made from each other, and the metadata that makes viewers show them.
///
/// No writer reads an output back. A unit of work makes whole files on every level it covers from pixels it is
/// given; what is left for the levels above goes to scratch.
@ApplicationModule(allowedDependencies = {"image", "zarr", "page", "storage", "failure"})
@NullMarked
package io.cellferry.omezarr;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
