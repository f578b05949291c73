/// What planners of all jobs share: refusals collected instead of thrown one by one, figures that every plan tells,
/// the room that every run needs, and the plan as the first step stores it for all others. Imports no job.
///
/// The name of the unit and of the file in [StoredPlan] stand in journals of runs that wait to resume: they are
/// published.
@NullMarked
package io.cellferry.jobs.planning;

import org.jspecify.annotations.NullMarked;
