package io.cellferry.dataset;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/// Opens single-cell data of whatever kind.
public final class CellDatasets {

    private CellDatasets() {}

    /// Opens `input`, deciding by its content and not by its name. What no reader knows is refused, saying what it
    /// looks like and what is supported. The caller closes the data set.
    public static CellDataset open(Path input) {
        return open(input, DatasetChoice.NONE);
    }

    /// Opens the part of `input` that `choice` says.
    public static CellDataset open(Path input, DatasetChoice choice) {
        return find(input, choice)
                .orElseThrow(() -> new InputRefused(
                        "%s: expected AnnData (.h5ad, .zarr, .zarr.zip), a SOMA experiment or a 10x .h5 file, found a folder."
                                .formatted(input),
                        "Convert it to .h5ad first."));
    }

    /// Opens `input` likewise; empty when no reader knows it.
    public static Optional<CellDataset> find(Path input, DatasetChoice choice) {
        if (!Files.exists(input)) {
            throw new InputRefused("%s: there is no such file.".formatted(input), "Check the path.");
        }
        for (DatasetFormat format : ServiceLoader.load(DatasetFormat.class, CellDatasets.class.getClassLoader())) {
            boolean chooses = format.holdsSeveral();
            Optional<CellDataset> opened = format.open(input, chooses ? choice : DatasetChoice.NONE);
            if (opened.isPresent()) {
                if (choice.isSaid() && !chooses) {
                    throw refused(input, opened.get());
                }
                return opened;
            }
        }
        return Optional.empty();
    }

    private static RequestRefused refused(Path input, CellDataset opened) {
        try (opened) {
            return new RequestRefused(
                    "%s: --measurement and --layer choose a part of a SOMA experiment, but this is %s."
                            .formatted(input, opened.catalogue().format()),
                    "Leave them out. --matrix names another matrix of this input, such as layers/NAME.");
        }
    }
}
