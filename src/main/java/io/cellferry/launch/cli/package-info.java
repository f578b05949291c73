/// The command line: verbs, flags, progress, exit codes.
@NullMarked
package io.cellferry.launch.cli;

import org.jspecify.annotations.NullMarked;
