package io.cellferry.dataset.soma;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.DatasetChoice;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.parts.DatasetParts;
import io.cellferry.dataset.parts.StoredDataset;
import io.cellferry.dataset.tiledb.GroupMembers;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks into an experiment and puts a data set together from one of its measurements, see the package.
final class SomaReader {

    /// What conversions to SOMA call the index of `obs`.
    private static final List<String> CELL_NAMES = List.of("obs_id");

    private static final String USUAL_MEASUREMENT = "RNA";
    private static final String USUAL_LAYER = "data";

    private final StoredFolder folder;
    private final Map<String, String> members;
    private final Map<String, String> measurements;
    private final List<Problem> problems = new ArrayList<>();

    private SomaReader(StoredFolder folder) {
        this.folder = folder;
        this.members = GroupMembers.of(folder, "");
        String ms = members.get("ms");
        this.measurements = ms == null ? Map.of() : GroupMembers.of(folder, ms);
    }

    /// The experiment in `folder`, or what `choice` says of it.
    static CellDataset open(StoredFolder folder, DatasetChoice choice) {
        SomaReader reader = new SomaReader(folder);
        return new StoredDataset(new SomaStore(folder), reader.parts(choice));
    }

    private DatasetParts parts(DatasetChoice choice) {
        String obsPlace = members.get("obs");
        if (obsPlace == null || measurements.isEmpty()) {
            throw new InputRefused(
                    "%s: expected a SOMA experiment with obs and at least one measurement in ms, found the members %s."
                            .formatted(folder.path(), String.join(", ", members.keySet())),
                    "Give the folder of a whole experiment, as tiledbsoma.io.from_h5ad writes it.");
        }
        String chosen = measurement(choice);
        SomaFrame obsFrame = SomaFrame.open(folder, obsPlace, "obs");
        Frame obs = obsFrame.frame(CELL_NAMES);
        Measurement main = Measurement.open(folder, place(chosen), chosen, obsFrame.ids(), "var");
        Map<String, String> layers = matrixPaths(chosen, main.layers(), choice);
        List<FoundMatrix> matrices = new ArrayList<>();
        layers.forEach((path, layer) -> matrices.add(main.layer(layer, path)));
        if (!layers.containsKey(DatasetParts.MAIN_MATRIX)) {
            problems.add(Problem.note(
                    "input.matrix.missing",
                    DatasetParts.MAIN_MATRIX,
                    "none of the layers %s of measurement %s is the main one"
                            .formatted(String.join(", ", main.layers()), chosen),
                    "Name one with --layer."));
        }
        List<String> others = measurements.keySet().stream()
                .filter(name -> !name.equals(chosen))
                .toList();
        Map<String, Frame> ownGenes = new LinkedHashMap<>();
        for (String other : others) {
            addOther(other, obsFrame.ids(), matrices, ownGenes);
        }
        noteOthers(chosen, others);
        SomaContents contents = new SomaContents(folder, main, obs, layers, members, others);
        return new DatasetParts(
                "SOMA experiment in TileDB format %d, measurement %s".formatted(obsFrame.version(), chosen),
                obsFrame.ids().count(),
                matrices,
                main.graphs(),
                obs,
                main.frame(),
                Optional.empty(),
                ownGenes,
                main.tables(),
                contents::read,
                problems);
    }

    /// The one that was asked for, the only one, or the usual one for who only looks around.
    private String measurement(DatasetChoice choice) {
        if (choice.measurement().isPresent()) {
            return choice.measurement().get();
        }
        if (measurements.size() > 1 && choice.mustBeClear()) {
            throw new RequestRefused(
                    "%s: the experiment has several measurements, and nothing says which: %s."
                            .formatted(folder.path(), String.join(", ", measurements.keySet())),
                    "Name one with --measurement.");
        }
        return measurements.containsKey(USUAL_MEASUREMENT)
                ? USUAL_MEASUREMENT
                : measurements.keySet().iterator().next();
    }

    private String place(String measurement) {
        String place = measurements.get(measurement);
        if (place == null) {
            throw new RequestRefused(
                    "%s: the experiment has no measurement \"%s\", only: %s."
                            .formatted(folder.path(), measurement, String.join(", ", measurements.keySet())),
                    "Name one of them.");
        }
        return place;
    }

    /// Which matrix each layer is, `X` first.
    private Map<String, String> matrixPaths(String measurement, List<String> layers, DatasetChoice choice) {
        Optional<String> main = mainLayer(measurement, layers, choice);
        Map<String, String> paths = new LinkedHashMap<>();
        main.ifPresent(layer -> paths.put(DatasetParts.MAIN_MATRIX, layer));
        for (String layer : layers) {
            if (!main.equals(Optional.of(layer))) {
                paths.put("layers/" + layer, layer);
            }
        }
        return paths;
    }

    /// The layer that was asked for, the only one, or the one that conversions from and to AnnData call `X`.
    private Optional<String> mainLayer(String measurement, List<String> layers, DatasetChoice choice) {
        if (choice.layer().isPresent()) {
            if (!layers.contains(choice.layer().get())) {
                throw new RequestRefused(
                        "%s: measurement %s has no layer \"%s\", only: %s."
                                .formatted(
                                        folder.path(),
                                        measurement,
                                        choice.layer().get(),
                                        layers.isEmpty() ? "none" : String.join(", ", layers)),
                        "Name one of them with --layer.");
            }
            return choice.layer();
        }
        if (layers.size() == 1) {
            return Optional.of(layers.getFirst());
        }
        if (layers.contains(USUAL_LAYER)) {
            return Optional.of(USUAL_LAYER);
        }
        if (layers.size() > 1 && choice.mustBeClear() && choice.wantsMain()) {
            throw new RequestRefused(
                    "%s: measurement %s has several layers, and nothing says which is X: %s."
                            .formatted(folder.path(), measurement, String.join(", ", layers)),
                    "Name one with --layer.");
        }
        return Optional.empty();
    }

    private void addOther(String name, JoinIds cells, List<FoundMatrix> matrices, Map<String, Frame> ownGenes) {
        try {
            String named = "ms/" + name + "/var";
            Measurement other = Measurement.open(folder, place(name), name, cells, named);
            for (String layer : other.layers()) {
                String path = "ms/%s/X/%s".formatted(name, layer);
                matrices.add(other.layer(layer, path));
                ownGenes.put(path, other.frame());
            }
        } catch (InputRefused refusal) {
            problems.add(Obstacle.optional(
                    Obstacle.listed(folder.path(), "input.member.unreadable", "ms/" + name, refusal)));
        }
    }

    private void noteOthers(String chosen, List<String> others) {
        if (!others.isEmpty()) {
            problems.add(
                    Problem.note(
                            "input.soma.measurements",
                            "ms",
                            "the experiment has several measurements; X, var and the rest are those of %s, others are: %s"
                                    .formatted(chosen, String.join(", ", others)),
                            "Choose one with --measurement. A matrix of another one goes with these cells as --matrix ms/NAME/X/LAYER."));
        }
    }
}
