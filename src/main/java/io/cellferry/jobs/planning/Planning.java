package io.cellferry.jobs.planning;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What planners of all jobs do with refusals: one that is met is told beside all the others; of all that were found,
/// a run that plans again is told the first.
public final class Planning {

    private static final String OF_INPUT = "input.refused";

    private Planning() {}

    /// What `part` settles, or empty with its refusal added to `problems`, as one of the request, the input or the
    /// machine. A disk that fails is none of them: that is thrown.
    public static <T> Optional<T> attempt(Path input, List<Problem> problems, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (RequestRefused refusal) {
            problems.add(problem("request.refused", input, refusal));
        } catch (InputRefused refusal) {
            problems.add(problem(OF_INPUT, input, refusal));
        } catch (RoomExhausted refusal) {
            problems.add(problem("room.refused", input, refusal));
        }
        return Optional.empty();
    }

    /// Adds to `problems` what the reader found. What a part met for the same reason, in the same words, is dropped.
    public static void addFound(List<Problem> problems, List<Problem> found) {
        Set<String> reasons = found.stream()
                .filter(Problem::refuses)
                .map(problem -> problem.where() + ": " + problem.found())
                .collect(Collectors.toSet());
        problems.removeIf(met -> met.code().equals(OF_INPUT) && reasons.contains(met.found()));
        problems.addAll(found);
    }

    private static Problem problem(String code, Path input, Refusal refusal) {
        String found = String.valueOf(refusal.getMessage());
        String file = input + ": ";
        // Readers name the file too; the problem does already.
        return Problem.refusal(
                code,
                input.toString(),
                found.startsWith(file) ? found.substring(file.length()) : found,
                refusal.remedy());
    }

    /// The plan of a request that was found possible before. If it is not any more, the first of `problems` that
    /// refuses it is thrown.
    public static <P> P possible(Optional<P> plan, List<Problem> problems) {
        return plan.orElseThrow(() -> {
            Problem first =
                    problems.stream().filter(Problem::refuses).findFirst().orElseThrow();
            return new InputRefused("%s: %s".formatted(first.where(), first.found()), first.remedy());
        });
    }
}
