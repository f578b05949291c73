package io.cellferry.launch.report;

import io.cellferry.jobs.StepProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an attempt did step by step, and what the attempts before it did, on a page.
final class StepsSection {

    private static final int MOST_ROWS = 40;

    private final RunFacts facts;
    private final StringBuilder page;
    private final Tables tables;

    StepsSection(RunFacts facts, StringBuilder page, Tables tables) {
        this.facts = facts;
        this.page = page;
        this.tables = tables;
    }

    void add() {
        page.append("<h2>Steps</h2>\n");
        List<List<String>> rows = new ArrayList<>();
        for (StepProgress step : facts.attempt().steps()) {
            if (step.plannedUnits() == 0) {
                continue; // This request has nothing to do there.
            }
            rows.add(List.of(
                    step.name(),
                    state(step),
                    "%,d".formatted(step.plannedUnits()),
                    "%,d".formatted(step.doneUnits()),
                    "%,d".formatted(step.keptUnits()),
                    Words.bytes(step.bytes()),
                    time(step).map(Words::seconds).orElse(""),
                    Words.seconds(allTime(step.name()))));
        }
        tables.table(
                "What this attempt did, step by step",
                List.of("step", "state", "units planned", "done now", "kept", "written now", "time now", "time in all"),
                rows);
        if (facts.timings().attempts().size() > 1 || facts.timings().forgotten() > 0) {
            attempts();
        }
    }

    private void attempts() {
        List<List<String>> rows = new ArrayList<>();
        for (Attempt attempt : facts.timings().attempts()) {
            long units =
                    attempt.steps().stream().mapToLong(StepProgress::doneUnits).sum();
            long bytes = attempt.steps().stream().mapToLong(StepProgress::bytes).sum();
            rows.add(List.of(
                    Words.time(attempt.begun()),
                    attempt.end().equals(Attempt.UNHEARD) ? "killed or cut off" : attempt.end(),
                    "%,d".formatted(units),
                    Words.bytes(bytes),
                    Words.seconds(Duration.between(attempt.begun(), attempt.lastHeard())),
                    Words.seconds(attempt.processorSeconds()),
                    Words.bytes(attempt.peakResidentBytes()),
                    attempt.message().lines().findFirst().orElse("")));
        }
        List<List<String>> shown = rows.subList(Math.max(0, rows.size() - MOST_ROWS), rows.size());
        long hidden = facts.timings().forgotten() + rows.size() - shown.size();
        tables.table(
                "All attempts" + (hidden > 0 ? "; %,d earlier ones are not shown".formatted(hidden) : ""),
                List.of("begun", "end", "units done", "written", "time", "processors", "most memory", "reason"),
                shown);
    }

    private static String state(StepProgress step) {
        if (step.begun().isEmpty()) {
            return "not begun";
        }
        return step.ended().isEmpty() ? "broke off" : "ended";
    }

    private Optional<Duration> time(StepProgress step) {
        return step.begun()
                .map(begun -> Duration.between(
                        begun, step.ended().orElse(facts.attempt().lastHeard())));
    }

    /// Of one step in all attempts; the last step of a killed one counts until it was last heard of.
    private Duration allTime(String name) {
        Duration all = Duration.ZERO;
        for (Attempt attempt : facts.timings().attempts()) {
            for (StepProgress step : attempt.steps()) {
                if (step.name().equals(name) && step.begun().isPresent()) {
                    all = all.plus(
                            Duration.between(step.begun().get(), step.ended().orElse(attempt.lastHeard())));
                }
            }
        }
        return all;
    }
}
