package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.ExportCheck;
import io.cellferry.cellucid.ExportSource;
import io.cellferry.cellucid.SourceComparison;
import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.storage.OutputHeading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// What `verify` does with an export: the viewer's strict rules, and the comparison with the input it was made from.
final class ExportVerification {

    /// Two people who verify a share of the same export look at the same share.
    private static final long SAMPLE_SEED = 20_260_101;

    private ExportVerification() {}

    static List<Problem> of(Path output, Optional<Path> input, CheckDepth depth) {
        List<Problem> problems = new ArrayList<>();
        problems.addAll(
                depth instanceof CheckDepth.Full ? ExportCheck.check(output) : ExportCheck.checkManifests(output));
        input.ifPresent(path -> problems.addAll(against(output, path, depth)));
        return problems;
    }

    private static List<Problem> against(Path output, Path input, CheckDepth depth) {
        Map<String, Object> details =
                OutputHeading.read(output).map(OutputHeading::details).orElse(Map.of());
        ExportOrigin origin = ExportOrigin.in(details)
                .orElseThrow(
                        () -> new RequestRefused(
                                "%s: the file %s.cellferry.json beside it does not tell what it was made from."
                                        .formatted(output, output.getFileName()),
                                "Only exports that cellferry published, with that file beside them, can be compared with an input."));
        try (CellDataset dataset = ChosenPart.openAgain(input, details)) {
            return SourceComparison.compare(output, dataset, origin.source(), sample(origin, depth));
        }
    }

    private static ExportSource.Sample sample(ExportOrigin origin, CheckDepth depth) {
        return switch (depth) {
            case CheckDepth.Full full -> ExportSource.Sample.EVERYTHING;
            case CheckDepth.Quick quick -> new ExportSource.Sample(Optional.of(List.of()), Optional.of(List.of()));
            case CheckDepth.Sample sample ->
                new ExportSource.Sample(
                        Optional.of(share(origin.genes(), sample.percent())),
                        Optional.of(share(origin.fields(), sample.percent())));
        };
    }

    /// `percent` of the positions below `count`, at least one if there is one, ascending.
    private static List<Integer> share(int count, double percent) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(all, new Random(SAMPLE_SEED));
        int wanted = (int) Math.min(count, Math.max(1, Math.round(count * percent / 100)));
        return all.subList(0, wanted).stream().sorted().toList();
    }
}
