/// Folders of CellDIVE scans, one file a channel: what each file's name says, which files make up a region, and
/// whether they belong together.
@ApplicationModule(allowedDependencies = {"image", "omexml", "failure"})
@NullMarked
package io.cellferry.celldive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
