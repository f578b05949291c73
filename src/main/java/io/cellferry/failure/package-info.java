/// What we tell people when a run cannot go on.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.cellferry.failure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
