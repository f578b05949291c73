/// Reading microscopy planes through one port, whatever file they came in, region by region and never whole.
///
/// The root is the promise to others; the readers live in sub-packages that nobody else sees.
@ApplicationModule(allowedDependencies = {"codec", "storage", "failure"})
@NullMarked
package io.cellferry.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
