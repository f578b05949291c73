/// Choosing highly variable genes as scanpy does: sums over cells in one or two passes, scores, choice and table.
/// Touches no file; rows come in as blocks, states and tables go out through given streams.
@ApplicationModule(allowedDependencies = {"matrix", "page", "storage", "failure"})
@NullMarked
package io.cellferry.hvg;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
