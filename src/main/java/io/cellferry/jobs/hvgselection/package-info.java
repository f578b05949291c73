/// The job `hvg-selection`: which genes of a matrix are highly variable, as scanpy tells it.
///
/// `inspect` stores the plan, `totals` counts cell totals where their median is wanted, `moments` adds up ranges of
/// cells side by side, `merge` puts the ranges together, `again` reads what some flavours need a second time,
/// `select` scores and writes, `publish` makes the result visible. Sums of ranges are merged from the first to the
/// last, so that the table is the same to the bit for any number of threads and after any crash.
@NullMarked
package io.cellferry.jobs.hvgselection;

import org.jspecify.annotations.NullMarked;
