package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.DatasetChoice;
import io.cellferry.dataset.DatasetFormat;
import io.cellferry.dataset.anndata.AnnDataReader;
import io.cellferry.failure.InputRefused;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrNode;
import io.cellferry.zarr.ZarrStore;
import io.cellferry.zarr.ZarrVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Folders and zip files that hold a Zarr hierarchy; it has to be AnnData. Other kinds of store are refused by what
/// they look like.
public final class ZarrInput implements DatasetFormat {

    @Override
    public Optional<CellDataset> open(Path input, DatasetChoice choice) {
        Optional<ZarrStore> store = ZarrStore.open(input);
        if (store.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<ZarrHierarchy> hierarchy = ZarrHierarchy.open(store.get());
            if (hierarchy.isEmpty()) {
                store.get().close();
                return Optional.empty();
            }
            return Optional.of(dataset(input, hierarchy.get()));
        } catch (RuntimeException | Error failure) {
            store.get().close();
            throw failure;
        }
    }

    private static CellDataset dataset(Path input, ZarrHierarchy hierarchy) {
        ZarrNode root = hierarchy.node("").orElse(null);
        if (!(root instanceof ZarrNode.Group group)) {
            throw new InputRefused(
                    "%s: expected AnnData in Zarr, found a single array.".formatted(input),
                    "Give the store that holds it, with obs and var.");
        }
        ZarrTree tree = new ZarrTree(hierarchy);
        if (AnnDataReader.recognises(tree.root())) {
            return AnnDataReader.open(tree);
        }
        boolean image = group.attributes().has("multiscales")
                || group.attributes().has("ome")
                || group.attributes().has("bioformats2raw.layout");
        throw new InputRefused(
                "%s: expected AnnData in Zarr (obs, var), found %s."
                        .formatted(input, image ? "an OME-Zarr image" : members(hierarchy)),
                "Write AnnData with anndata.AnnData.write_zarr, or give its .h5ad file.");
    }

    private static String members(ZarrHierarchy hierarchy) {
        List<String> members = hierarchy.children("");
        if (!members.isEmpty()) {
            return "a group with the members " + String.join(", ", members);
        }
        boolean both = hierarchy.version() == ZarrVersion.THREE
                && hierarchy.store().length(".zgroup").isPresent();
        return both ? "a zarr.json without members beside a .zgroup, which it hides" : "a group without members";
    }
}
