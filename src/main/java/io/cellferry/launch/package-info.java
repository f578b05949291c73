/// How a run starts: command line, job files, run identity, lock, recovery, resume.
///
/// May import `jobs`, `page` (a run ends with a report), `storage` (a run is locked and opened where it is started) and
/// `failure`.
@ApplicationModule(allowedDependencies = {"jobs", "page", "storage", "failure"})
@NullMarked
package io.cellferry.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
