/// Writing and strictly reading Cellucid export folders, contracts 0.9.1 and 0.9.0.
@ApplicationModule(allowedDependencies = {"dataset", "matrix", "codec", "page", "storage", "failure"})
@NullMarked
package io.cellferry.cellucid;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
