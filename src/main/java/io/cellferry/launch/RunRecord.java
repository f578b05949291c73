package io.cellferry.launch;

import java.util.List;
import java.util.Map;

/// What this machine remembers of a run, so that `runs` can list and `resume` can repeat it. Only a memory aid: the
/// same command works without it. `end` is one word of [RunOutcome.End], or `running` from start to end; times are
/// ISO-8601 in UTC.
public record RunRecord(
        String id,
        String job,
        String input,
        String output,
        Map<String, List<String>> options,
        boolean replace,
        String startedAt,
        String endedAt,
        String end,
        String message) {

    static final String RUNNING = "running";

    RunRecord ended(String at, String how, String why) {
        return new RunRecord(id, job, input, output, options, replace, startedAt, at, how, why);
    }
}
