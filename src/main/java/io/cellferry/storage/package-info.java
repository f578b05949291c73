/// Bytes on disk: staging, journal, lock, checksums, publication. The only package that creates, moves or deletes
/// files.
@ApplicationModule(allowedDependencies = {"failure"})
@NullMarked
package io.cellferry.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
