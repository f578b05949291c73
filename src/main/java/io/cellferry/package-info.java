/// cellferry carries huge single-cell and microscopy data sets into the formats that viewers and
/// analysts read. Every direct sub-package is a module; its `package-info` says what it may import,
/// and `ArchitectureTest` holds it to that.
@NullMarked
package io.cellferry;

import org.jspecify.annotations.NullMarked;
