/// Scoring genes and choosing the highly variable ones, for whatever job wants that: options, plan, steps, and what
/// they take of memory, scratch and time.
///
/// No job by itself: [HvgSteps] gives a job the steps `turn` to `mergeAgain`, and [HvgRun#scored] their result, which
/// the job's own step `select` makes use of. What has `Hvg` in its name is for jobs, beside plans and options of their
/// own. Imports no job.
///
/// Names of steps, units and files, and the fields of [HvgPlan], stand in journals and stored plans of runs that wait
/// to resume: they are published.
@NullMarked
package io.cellferry.jobs.variablegenes;

import org.jspecify.annotations.NullMarked;
