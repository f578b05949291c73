/// What a run leaves to be read about itself: its attempts with their times, a page, a table for MultiQC, a profile.
///
/// All of it lies in the state folder, in `reports/RUN/`. None of it decides anything: losing it loses no work, and a
/// report that cannot be written fails no run.
@NullMarked
package io.cellferry.launch.report;

import org.jspecify.annotations.NullMarked;
