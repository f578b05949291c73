package io.cellferry.launch.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Says each thing once that keeps a schedule or a watched folder from being followed, and when it is over: whoever
/// starts a service without looking at its dashboard would wait for runs that never come.
///
/// Of job files that wait for nothing only those are told that cannot be read.
final class ProblemsTold {

    private final Consumer<String> ear;
    private final Map<String, String> told = new HashMap<>();

    ProblemsTold(Consumer<String> ear) {
        this.ear = ear;
    }

    void look(List<JobFileState> states) {
        told.keySet().retainAll(states.stream().map(JobFileState::file).toList());
        for (JobFileState state : states) {
            Optional<String> now = problem(state);
            String before = now.isPresent() ? told.put(state.file(), now.get()) : told.remove(state.file());
            if (now.isPresent() && !now.get().equals(before)) {
                ear.accept("%s is not followed: %s".formatted(state.file(), now.get()));
            } else if (now.isEmpty() && before != null) {
                ear.accept("%s is followed again".formatted(state.file()));
            }
        }
    }

    private static Optional<String> problem(JobFileState state) {
        boolean waits = state.job()
                .filter(file -> file.schedule().isEmpty() && file.watch().isEmpty())
                .isEmpty();
        return state.problem().filter(problem -> waits).map(JobFileProblem::text);
    }
}
