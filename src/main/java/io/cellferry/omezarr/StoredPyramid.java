package io.cellferry.omezarr;

import io.cellferry.failure.InputRefused;
import io.cellferry.image.PixelType;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrNode;
import io.cellferry.zarr.ZarrStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An image as it is stored, open for reading: what its metadata says, and its chunks.
public final class StoredPyramid implements AutoCloseable {

    private final Path path;
    private final ZarrHierarchy hierarchy;
    private final JsonNode image;
    private final List<ZarrNode.Array> levels;

    private StoredPyramid(Path path, ZarrHierarchy hierarchy, JsonNode image, List<ZarrNode.Array> levels) {
        this.path = path;
        this.hierarchy = hierarchy;
        this.image = image;
        this.levels = List.copyOf(levels);
    }

    /// Whether the folder says of itself that it is an image.
    public static boolean isOne(Path folder) {
        Optional<ZarrStore> store = ZarrStore.open(folder);
        if (store.isEmpty()) {
            return false;
        }
        try (ZarrStore opened = store.get()) {
            return ZarrHierarchy.open(opened)
                    .flatMap(hierarchy -> hierarchy.node(""))
                    .filter(root -> image(root).path("multiscales").isArray())
                    .isPresent();
        } catch (InputRefused unreadable) {
            return false;
        }
    }

    /// The caller closes it.
    public static StoredPyramid open(Path folder) {
        ZarrStore store = ZarrStore.open(folder).orElseThrow(() -> noImage(folder, "found no Zarr store"));
        try {
            ZarrHierarchy hierarchy =
                    ZarrHierarchy.open(store).orElseThrow(() -> noImage(folder, "found no Zarr store"));
            JsonNode image = image(hierarchy.node("").orElseThrow(() -> noImage(folder, "its root says nothing")));
            List<ZarrNode.Array> levels = new ArrayList<>();
            for (JsonNode dataset : image.path("multiscales").path(0).path("datasets")) {
                String level = dataset.path("path").asString("");
                ZarrNode node = hierarchy
                        .node(level)
                        .orElseThrow(() -> noImage(folder, "its level %s is missing".formatted(level)));
                if (!(node instanceof ZarrNode.Array array)
                        || array.array().shape().size() != 3) {
                    throw noImage(folder, "its level %s is no array of channel, row and column".formatted(level));
                }
                levels.add(array);
            }
            if (levels.isEmpty()) {
                throw noImage(folder, "it lists no levels");
            }
            return new StoredPyramid(folder, hierarchy, image, levels);
        } catch (RuntimeException refused) {
            store.close();
            throw refused;
        }
    }

    private static JsonNode image(ZarrNode root) {
        JsonNode attributes = root.attributes();
        return attributes.path("ome").isObject() ? attributes.path("ome") : attributes;
    }

    private static InputRefused noImage(Path folder, String found) {
        return new InputRefused(
                "%s: expected an OME-Zarr image, %s.".formatted(folder, found),
                "Write the image again from its scans.");
    }

    public Path path() {
        return path;
    }

    /// What the root says: `multiscales`, `omero`.
    public JsonNode image() {
        return image;
    }

    public int levels() {
        return levels.size();
    }

    public StoredArray array(int level) {
        return levels.get(level).array();
    }

    /// A reader of the chunks of one level, for one thread, which closes it.
    ChunkReader reader(int level) {
        return new ChunkReader(hierarchy.store(), levels.get(level));
    }

    /// The type of its pixels; refused where this tool writes no such type.
    public PixelType type() {
        for (PixelType type : PixelType.values()) {
            if (levels.getFirst().array().kind() instanceof ElementKind.Number number
                    && number.type().word().equals(type.word())) {
                return type;
            }
        }
        throw noImage(path, "its pixels are of a type that images do not have");
    }

    /// How its levels were made; empty when it does not say one of the ways known here.
    public Optional<Downsampling> downsampling() {
        String said =
                image.path("multiscales").path(0).path("type").asString("").toLowerCase(Locale.ROOT);
        for (Downsampling one : Downsampling.values()) {
            if (one.word().equals(said)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /// Names of channels in order, as browsers show them.
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        image.path("omero")
                .path("channels")
                .forEach(channel -> labels.add(channel.path("label").asString("")));
        return labels;
    }

    @Override
    public void close() {
        hierarchy.close();
    }
}
