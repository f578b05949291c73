/// What all jobs that turn a matrix share: its blocks become partitions of a step, each block one run on scratch, and
/// what the runs take is foretold. How a block is turned is the business of `matrix`. Imports no job.
@NullMarked
package io.cellferry.jobs.turning;

import org.jspecify.annotations.NullMarked;
