package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.genemajor.StoreCheck;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.storage.OutputHeading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `verify` does with a store: that it is AnnData whose matrix is sound, and the comparison with the
/// input it was made from.
final class StoreVerification {

    private StoreVerification() {}

    static List<Problem> of(Path output, Optional<Path> input, CheckDepth depth) {
        Map<String, Object> details = OutputHeading.read(output)
                .map(OutputHeading::details)
                .orElseGet(() -> Map.<String, Object>of("matrix", "X"));
        String matrix = matrix(details);
        boolean byCell = StoreRules.CELLS.equals(details.get("order"));
        List<Problem> problems = new ArrayList<>();
        try (CellDataset store = CellDatasets.open(output)) {
            problems.addAll(store.catalogue().problems());
            boolean everything = depth instanceof CheckDepth.Full;
            if (everything) {
                problems.addAll(new StoreCheck(store, matrix, byCell).matrix());
            }
            if (input.isPresent() && !everything) {
                problems.add(Problem.note(
                        "verify.against",
                        output.toString(),
                        "entries are compared with the input only when everything is read.",
                        "Leave out --quick and --sample."));
            } else if (input.isPresent() && problems.stream().noneMatch(Problem::refuses)) {
                problems.addAll(against(store, input.get(), details, byCell));
            }
        } catch (InputRefused refusal) {
            problems.add(Problem.refusal(
                    "store.unreadable", output.toString(), String.valueOf(refusal.getMessage()), refusal.remedy()));
        }
        return problems;
    }

    private static String matrix(Map<String, Object> details) {
        return String.valueOf(details.getOrDefault("matrix", "X"));
    }

    private static List<Problem> against(CellDataset store, Path path, Map<String, Object> details, boolean byCell) {
        String matrix = matrix(details);
        try (CellDataset input = ChosenPart.openAgain(path, details)) {
            Optional<MatrixInfo> before = input.catalogue().matrix(matrix);
            Optional<MatrixInfo> after = store.catalogue().matrix(matrix);
            boolean converted = before.isPresent()
                    && after.isPresent()
                    && !before.get().storedType().equals(after.get().storedType());
            List<Problem> problems = new ArrayList<>(new StoreCheck(store, matrix, byCell).against(input, converted));
            if (converted) {
                problems.add(Problem.note(
                        "verify.converted",
                        matrix,
                        "the store holds %s and the input %s, so only the places of values were compared."
                                .formatted(
                                        after.get().storedType(), before.get().storedType()),
                        "Nothing to do."));
            }
            return problems;
        }
    }
}
