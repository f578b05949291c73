package io.cellferry.jobs.genemajorstore;

import io.cellferry.failure.RequestRefused;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoredPlan.settle(run, () -> StorePlanner.settle(run.request()));
        StorePlan plan = StoreRun.of(run).plan();
        if (run.folder().foldsCase()) {
            refuseTwins(
                    Stream.concat(plan.groups().stream(), plan.arrays().stream())
                            .map(StoreNode::path),
                    run.request().output());
        }
        run.progress().planned(plan.steps());
    }

    /// Members of the input become files. Two names for one of them would otherwise be noticed when the second is
    /// written, which may be hours later.
    static void refuseTwins(Stream<String> paths, Path output) {
        Map<String, String> seen = new HashMap<>();
        paths.forEach(path -> {
            String folded = Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            Optional.ofNullable(seen.put(folded, path)).ifPresent(twin -> {
                throw new RequestRefused(
                        "%s: expected a file system on which %s and %s are two names, found one that does not tell upper from lower case."
                                .formatted(output, twin, path),
                        "Choose an output on another file system, or rename one of the two in the input.");
            });
        });
    }
}
