package io.cellferry.dataset.hdf5input;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.DatasetChoice;
import io.cellferry.dataset.DatasetFormat;
import io.cellferry.dataset.anndata.AnnDataReader;
import io.cellferry.dataset.hdf5.Hdf5File;
import io.cellferry.dataset.hdf5.Hdf5Group;
import io.cellferry.dataset.tenx.TenxReader;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Every input that is a single file: HDF5 it has to be, and what kind is decided by what is in it, since `.h5` says
/// nothing. Kinds that are known but not read are refused by name.
public final class Hdf5Input implements DatasetFormat {

    @Override
    public Optional<CellDataset> open(Path input, DatasetChoice choice) {
        if (Files.isDirectory(input)) {
            return Optional.empty();
        }
        Hdf5File file = Hdf5File.open(input);
        try {
            return Optional.of(dataset(file));
        } catch (RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    private static CellDataset dataset(Hdf5File file) {
        Hdf5Group root = file.root();
        List<String> members = root.childNames();
        refuseMudata(file.path(), root, members);
        refuseLoom(file.path(), root, members);
        refuseMoleculeInfo(file.path(), members);
        if (AnnDataReader.recognises(root)) {
            return AnnDataReader.open(file);
        }
        if (TenxReader.recognises(root)) {
            return TenxReader.open(file);
        }
        throw new InputRefused(
                "%s: expected AnnData (obs, var) or a 10x matrix (matrix, or one group per genome), found HDF5 with %s."
                        .formatted(
                                file.path(),
                                members.isEmpty() ? "nothing in it" : "the members " + String.join(", ", members)),
                "Convert it to .h5ad first.");
    }

    private static void refuseMudata(Path file, Hdf5Group root, List<String> members) {
        boolean named =
                root.attributes().text("encoding-type").filter("MuData"::equals).isPresent();
        if (!named && !members.contains("mod")) {
            return;
        }
        List<String> modalities = root.group("mod").map(TreeGroup::childNames).orElse(List.of());
        throw new InputRefused(
                "%s: is MuData, several data sets in one file; its modalities are: %s."
                        .formatted(file, modalities.isEmpty() ? "none" : String.join(", ", modalities)),
                "Extract one: mudata.read(\"%s\")[\"%s\"].write_h5ad(\"one.h5ad\")."
                        .formatted(file.getFileName(), modalities.isEmpty() ? "NAME" : modalities.getFirst()));
    }

    private static void refuseLoom(Path file, Hdf5Group root, List<String> members) {
        boolean attributed = members.contains("row_attrs") || members.contains("col_attrs");
        if (attributed && root.array("matrix").isPresent()) {
            throw new InputRefused(
                    "%s: is a loom file, which is not read.".formatted(file),
                    "Convert it: anndata.read_loom(\"%s\").write_h5ad(\"converted.h5ad\")."
                            .formatted(file.getFileName()));
        }
    }

    private static void refuseMoleculeInfo(Path file, List<String> members) {
        if (members.containsAll(List.of("barcode_idx", "umi")) || members.containsAll(List.of("barcode", "umi"))) {
            throw new InputRefused(
                    "%s: is 10x molecule information: one entry per molecule, no matrix of cells.".formatted(file),
                    "Use filtered_feature_bc_matrix.h5 of the same run.");
        }
    }
}
