/// Job files: `jobs/*.yml` read strictly, every mistake with its line.
@NullMarked
package io.cellferry.launch.jobfile;

import org.jspecify.annotations.NullMarked;
