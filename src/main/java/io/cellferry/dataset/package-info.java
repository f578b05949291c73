/// Reading single cells through one port, whatever file they came in.
///
/// The root is the promise to others; the readers live in sub-packages that nobody else sees.
@ApplicationModule(allowedDependencies = {"matrix", "codec", "zarr", "storage", "failure"})
@NullMarked
package io.cellferry.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
