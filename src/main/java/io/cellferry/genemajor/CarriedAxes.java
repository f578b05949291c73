package io.cellferry.genemajor;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.Shapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which elements AnnData lines up with cells or genes: it opens nothing of a store in which one does not fit. (Columns
/// that do not fit their data frame are known to the reader.)
final class CarriedAxes {

    /// The rows of the frame at `path`.
    private record Axis(String path, long rows) {}

    /// By path of an element; by path of a group and "/" for all its members.
    private final Map<String, List<Axis>> axes = new HashMap<>();

    CarriedAxes(Element.Mapping root) {
        Optional<Axis> cells = Element.find(root, "obs").flatMap(obs -> axis("obs", obs));
        Optional<Axis> genes = Element.find(root, "var").flatMap(genesOf -> axis("var", genesOf));
        cells.ifPresent(obs -> {
            axes.put("obsm/", List.of(obs));
            axes.put("obsp/", List.of(obs, obs));
        });
        genes.ifPresent(vars -> {
            axes.put("varm/", List.of(vars));
            axes.put("varp/", List.of(vars, vars));
        });
        if (cells.isPresent() && genes.isPresent()) {
            axes.put("X", List.of(cells.get(), genes.get()));
            axes.put("layers/", List.of(cells.get(), genes.get()));
        }
        Element.find(root, "raw/var")
                .flatMap(raw -> axis("raw/var", raw))
                .ifPresent(raw -> axes.put("raw/varm/", List.of(raw)));
    }

    /// Why the element at `path` does not fit what it is lined up with, to follow the words that it is not carried.
    Optional<String> misfit(String path, Element element) {
        List<Axis> expected = axes.getOrDefault(path, axes.getOrDefault(group(path), List.of()));
        // What is not known is left behind for that reason; a data set may have no X, and say so.
        boolean excused = element instanceof Element.Unknown || element instanceof Element.Nothing && path.equals("X");
        if (expected.isEmpty() || excused) {
            return Optional.empty();
        }
        Optional<long[]> shape = shape(element);
        if (shape.isEmpty()) {
            return Optional.of("expected values for the %,d rows of %s, found none"
                    .formatted(expected.getFirst().rows(), expected.getFirst().path()));
        }
        long[] found = shape.get();
        for (int dimension = 0; dimension < expected.size(); dimension++) {
            Axis axis = expected.get(dimension);
            if (dimension >= found.length || found[dimension] != axis.rows()) {
                return Optional.of("its shape, %s, does not fit %s, which has %,d rows"
                        .formatted(Shapes.inWords(found), axis.path(), axis.rows()));
            }
        }
        return Optional.empty();
    }

    private static String group(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static Optional<Axis> axis(String path, Element frame) {
        return frame instanceof Element.Frame named
                ? shape(named).map(shape -> new Axis(path, shape[0]))
                : Optional.empty();
    }

    private static Optional<long[]> shape(Element element) {
        return switch (element) {
            case Element.Numbers numbers -> Optional.of(numbers.values().shape());
            case Element.Texts texts -> Optional.of(texts.values().shape());
            case Element.Categories categories -> Optional.of(categories.codes().shape());
            case Element.Masked masked -> Optional.of(masked.mask().shape());
            case Element.Sparse sparse -> Optional.of(new long[] {sparse.rows(), sparse.columns()});
            case Element.Records records -> Optional.of(records.shape());
            case Element.Frame frame ->
                Optional.ofNullable(frame.members().get(frame.index()))
                        .flatMap(CarriedAxes::shape)
                        .filter(rows -> rows.length > 0)
                        .map(rows -> new long[] {rows[0], frame.columnOrder().size()});
            case Element.Mapping mapping -> Optional.empty();
            case Element.Nothing nothing -> Optional.empty();
            case Element.Unknown unknown -> Optional.empty();
        };
    }
}
