package io.cellferry.launch;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What this machine remembers of a run, so that `runs` can list and `resume` can repeat it. Only a memory aid: the
/// same command works without it.
///
/// `origin` is who asked: `command line`, or what a service wrote down (`rest NAME`, `schedule FILE`, `watch FILE`).
/// `end` is one word of [RunOutcome.End], [#WAITING], [#RUNNING] from start to end, or [#REFUSED]; times are ISO-8601
/// in UTC. `code` and `remedy` belong to `message`; see [FailureCode]. `attempts` counts how often a service has begun
/// with it since it was accepted, planning included, without ending politely before the run did. `acceptedAt` stays
/// when it is begun again.
public record RunRecord(
        String id,
        String job,
        String input,
        String output,
        Map<String, List<String>> options,
        boolean replace,
        String origin,
        int attempts,
        String acceptedAt,
        String startedAt,
        String endedAt,
        String end,
        String code,
        String message,
        String remedy) {

    /// Accepted by a service, and not begun.
    public static final String WAITING = "waiting";

    public static final String RUNNING = "running";
    /// It never began: the request or the input cannot be converted. Nothing was written.
    public static final String REFUSED = "refused";

    static final String COMMAND_LINE = "command line";

    /// Records of earlier versions lack some of the words. Without the others it is no record.
    public RunRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(job, "job");
        requireAbsolute(input);
        requireAbsolute(output);
        Map<String, List<String>> copied = new LinkedHashMap<>();
        options.forEach((name, values) -> copied.put(name, List.copyOf(values)));
        options = Collections.unmodifiableMap(copied);
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(end, "end");
        origin = orElse(origin, COMMAND_LINE);
        acceptedAt = orElse(acceptedAt, startedAt);
        code = orElse(code, "");
        message = orElse(message, "");
        remedy = orElse(remedy, "");
    }

    private static void requireAbsolute(String path) {
        if (!Path.of(path).isAbsolute()) {
            throw new IllegalArgumentException("'%s' must be an absolute path".formatted(path));
        }
    }

    private static String orElse(@Nullable String word, String otherwise) {
        return Objects.requireNonNullElse(word, otherwise);
    }

    static RunRecord asked(String id, RunRequest run, String origin, int attempts, String at) {
        return new RunRecord(
                id,
                run.request().job(),
                run.request().input().toString(),
                run.request().output().toString(),
                run.request().options().all(),
                run.replace(),
                origin,
                attempts,
                at,
                at,
                "",
                WAITING,
                "",
                "",
                "");
    }

    /// The same with another count.
    RunRecord attempted(int times) {
        return new RunRecord(
                id,
                job,
                input,
                output,
                options,
                replace,
                origin,
                times,
                acceptedAt,
                startedAt,
                endedAt,
                end,
                code,
                message,
                remedy);
    }

    /// `nowReplace` because the same request may be given with or without it.
    RunRecord begun(String at, boolean nowReplace) {
        return new RunRecord(
                id, job, input, output, options, nowReplace, origin, attempts, acceptedAt, at, "", RUNNING, "", "", "");
    }

    RunRecord ended(String at, String how) {
        return new RunRecord(
                id, job, input, output, options, replace, origin, attempts, acceptedAt, startedAt, at, how, "", "", "");
    }

    RunRecord ended(String at, String how, Throwable why) {
        return new RunRecord(
                id,
                job,
                input,
                output,
                options,
                replace,
                origin,
                attempts,
                acceptedAt,
                startedAt,
                at,
                how,
                FailureCode.of(why),
                String.valueOf(why.getMessage()),
                FailureCode.remedy(why));
    }

    boolean ofService() {
        return !origin.equals(COMMAND_LINE);
    }
}
