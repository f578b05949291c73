package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.genemajor.CarriedCheck;
import io.cellferry.genemajor.CarriedElements;
import io.cellferry.genemajor.RowSizes;
import io.cellferry.genemajor.StoreCheck;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.storage.OutputHeading;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrVersion;
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

    /// Everything but the matrix.
    private static List<Problem> members(
            CellDataset store, CellDataset input, String matrix, Map<String, Object> details) {
        boolean onlyMatrix = option(details, "only-matrix").equals("true");
        ZarrVersion version = option(details, "zarr").equals("3") ? ZarrVersion.THREE : ZarrVersion.TWO;
        CarriedElements here = CarriedElements.of(
                store.contents(), matrix, onlyMatrix, version, Compression.NONE, RowSizes.measured());
        CarriedElements there = CarriedElements.of(
                input.contents(), matrix, onlyMatrix, version, Compression.NONE, CarriedCheck.rooms(here));
        return CarriedCheck.of(here, there);
    }

    /// The option of the run that wrote the store; empty when nothing tells.
    private static String option(Map<String, Object> details, String name) {
        return details.get("options") instanceof Map<?, ?> options
                        && options.get(name) instanceof List<?> values
                        && !values.isEmpty()
                ? String.valueOf(values.getFirst())
                : "";
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
            problems.addAll(members(store, input, matrix, details));
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
