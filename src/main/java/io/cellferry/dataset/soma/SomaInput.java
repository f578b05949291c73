package io.cellferry.dataset.soma;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.DatasetChoice;
import io.cellferry.dataset.DatasetFormat;
import io.cellferry.dataset.tiledb.FolderInArchive;
import io.cellferry.dataset.tiledb.FolderOnDisk;
import io.cellferry.dataset.tiledb.GroupMembers;
import io.cellferry.dataset.tiledb.Metadata;
import io.cellferry.dataset.tiledb.StoredFolder;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Folders and small `.tar.gz` archives that hold a TileDB group; it has to be a SOMA experiment or a measurement
/// in one.
public final class SomaInput implements DatasetFormat {

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public Optional<CellDataset> open(Path input, DatasetChoice choice) {
        Optional<StoredFolder> folder =
                Files.isDirectory(input) ? Optional.of(new FolderOnDisk(input, input)) : FolderInArchive.open(input);
        return folder.filter(SomaInput::isTileDb).map(found -> dataset(input, found, choice));
    }

    private static boolean isTileDb(StoredFolder folder) {
        return GroupMembers.isGroup(folder, "") || GroupMembers.isArray(folder, "");
    }

    private static CellDataset dataset(Path input, StoredFolder folder, DatasetChoice choice) {
        String kind = Metadata.read(folder, "").kind();
        if (kind.equals("SOMAExperiment")) {
            return SomaReader.open(folder, choice);
        }
        if (kind.equals("SOMAMeasurement") && Files.isDirectory(input)) {
            Optional<CellDataset> inExperiment =
                    measurement(input.toAbsolutePath().normalize(), choice);
            if (inExperiment.isPresent()) {
                return inExperiment.get();
            }
        }
        throw new InputRefused(
                "%s: expected a SOMA experiment, found %s.".formatted(input, describe(folder, kind)),
                "Give the folder of the whole experiment, or of a measurement in it (EXPERIMENT/ms/NAME); or convert "
                        + "it to .h5ad first.");
    }

    /// Measurements have no cells of their own: those are in the experiment around them.
    private static Optional<CellDataset> measurement(Path input, DatasetChoice choice) {
        Path ms = input.getParent();
        Path experiment = ms == null ? null : ms.getParent();
        if (experiment == null) {
            return Optional.empty();
        }
        StoredFolder folder = new FolderOnDisk(experiment, input);
        boolean whole = GroupMembers.isGroup(folder, "")
                && Metadata.read(folder, "").kind().equals("SOMAExperiment");
        if (!whole) {
            return Optional.empty();
        }
        String name = String.valueOf(input.getFileName());
        if (!choice.measurement().orElse(name).equals(name)) {
            throw new RequestRefused(
                    "--measurement: %s is the measurement %s, not %s."
                            .formatted(input, name, choice.measurement().get()),
                    "Leave --measurement out, or give the folder of the whole experiment.");
        }
        return Optional.of(SomaReader.open(
                folder,
                new DatasetChoice(Optional.of(name), choice.layer(), choice.mustBeClear(), choice.wantsMain())));
    }

    private static String describe(StoredFolder folder, String kind) {
        if (!kind.isEmpty()) {
            return "a " + kind;
        }
        return GroupMembers.isGroup(folder, "") ? "a TileDB group that is no SOMA object" : "a TileDB array";
    }
}
