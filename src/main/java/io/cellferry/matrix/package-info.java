/// Sparse arithmetic: ranges, blocks, transposition. Knows no file and no framework.
@ApplicationModule(allowedDependencies = {"failure"})
@NullMarked
package io.cellferry.matrix;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
