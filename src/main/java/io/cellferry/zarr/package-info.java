/// Zarr arrays and groups, versions 2 and 3: chunks, shards, codecs, metadata; written through `storage`, read from
/// folders and zip files.
@ApplicationModule(allowedDependencies = {"codec", "storage", "failure"})
@NullMarked
package io.cellferry.zarr;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
