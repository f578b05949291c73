/// Runs that nobody asks for at the moment they begin: by schedule, and by arrival of files.
///
/// A thread looks every second ([Schedules]); what it launches is written down first ([Ledger]), so that of several
/// services one launches it, and a crash neither loses nor doubles it.
@NullMarked
package io.cellferry.launch.schedule;

import org.jspecify.annotations.NullMarked;
