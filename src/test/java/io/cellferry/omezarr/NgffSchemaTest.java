package io.cellferry.omezarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import io.cellferry.storage.PlainUnit;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an image says of itself is valid by the schemas that the authors of OME-NGFF publish, the strict ones too.
class NgffSchemaTest {

    private static final String PUBLISHED = "https://ngff.openmicroscopy.org/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaMappers(mappers -> mappers.mappings(address -> {
                // `https://ngff.openmicroscopy.org/0.4/schemas/image.schema` is the file `0.4/image.schema`.
                if (!address.startsWith(PUBLISHED)) {
                    return address;
                }
                String file = address.substring(PUBLISHED.length()).replace("/schemas/", "/");
                return "classpath:ngff-schemas/" + file;
            })));

    @TempDir
    private Path folder;

    static Stream<PyramidLayout> layouts() {
        return Stream.of(
                layout(ZarrVersion.TWO, 1, 1, 1, 1, false, Downsampling.MEAN),
                layout(ZarrVersion.TWO, 3000, 2001, 3, 5, false, Downsampling.MEAN),
                layout(ZarrVersion.TWO, 700, 1, 60, 9, false, Downsampling.NEAREST),
                layout(ZarrVersion.THREE, 1, 1, 1, 1, false, Downsampling.MAX),
                layout(ZarrVersion.THREE, 3000, 2001, 3, 5, false, Downsampling.NEAREST),
                layout(ZarrVersion.THREE, 90_000, 70_001, 12, 8, true, Downsampling.MEAN));
    }

    private static PyramidLayout layout(
            ZarrVersion version,
            long width,
            long height,
            int channels,
            int levels,
            boolean sharded,
            Downsampling downsampling) {
        return new PyramidLayout(
                version,
                PixelType.UINT16,
                width,
                height,
                channels,
                levels,
                512,
                4096,
                sharded,
                false,
                Compression.BLOSC_LZ4,
                5,
                downsampling);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void theRootOfAnImageIsValid(PyramidLayout layout) throws IOException {
        for (Optional<PixelSize> size : List.of(Optional.<PixelSize>empty(), Optional.of(new PixelSize(0.325, 0.33)))) {
            ObjectNode root = written(layout, size);

            assertThat(errors(layout.version(), "image", root)).isEmpty();
            assertThat(errors(layout.version(), "strict_image", root)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void aRootThatLacksSomethingIsNot(String version) throws IOException {
        ZarrVersion zarr = version.equals("0.4") ? ZarrVersion.TWO : ZarrVersion.THREE;

        assertThat(broken(zarr, "image", image -> image.remove("multiscales"))).isNotEmpty();
        assertThat(broken(zarr, "image", image -> multiscale(image).remove("axes")))
                .isNotEmpty();
        assertThat(broken(zarr, "image", image -> ((ArrayNode) multiscale(image).get("axes")).remove(2)))
                .isNotEmpty();
        assertThat(broken(zarr, "image", image -> dataset(image).remove("coordinateTransformations")))
                .isNotEmpty();
        assertThat(broken(zarr, "image", image -> ((ObjectNode) image.at("/omero/channels/0/window")).remove("start")))
                .isNotEmpty();
        assertThat(broken(zarr, "strict_image", image -> multiscale(image).remove("type")))
                .isNotEmpty();
    }

    /// The version of 0.5 stands in the root; without it nobody knows how to read the rest.
    @Test
    void aRootOf05SaysItsVersion() throws IOException {
        assertThat(broken(ZarrVersion.THREE, "image", image -> image.put("version", "0.4")))
                .isNotEmpty();
        assertThat(broken(ZarrVersion.THREE, "image", image -> image.remove("version")))
                .isNotEmpty();
    }

    private List<String> broken(ZarrVersion version, String schema, Consumer<ObjectNode> breaking) throws IOException {
        ObjectNode root = written(
                layout(version, 3000, 2001, 3, 5, false, Downsampling.MEAN), Optional.of(new PixelSize(0.5, 0.5)));
        assertThat(errors(version, schema, root)).isEmpty();
        breaking.accept(version == ZarrVersion.TWO ? root : (ObjectNode) root.get("ome"));
        return errors(version, schema, root);
    }

    private static ObjectNode multiscale(ObjectNode image) {
        return (ObjectNode) image.at("/multiscales/0");
    }

    private static ObjectNode dataset(ObjectNode image) {
        return (ObjectNode) image.at("/multiscales/0/datasets/0");
    }

    /// The attributes of the root as they lie on disk.
    private ObjectNode written(PyramidLayout layout, Optional<PixelSize> size) throws IOException {
        Path place = Files.createTempDirectory(folder, "image");
        List<PyramidMetadata.ShownChannel> shown = Stream.generate(() ->
                        new PyramidMetadata.ShownChannel("DAPI", 0xffb000, new DisplayWindow(0, 65535, 12, 4000.5)))
                .limit(layout.channels())
                .toList();
        try (PlainUnit unit = new PlainUnit(place, place.resolve("scratch"))) {
            new PyramidMetadata("R000", size, shown).hierarchy(layout).write(unit, "R000.zarr");
            unit.commit();
        }
        return layout.version() == ZarrVersion.TWO
                ? (ObjectNode) JSON.readTree(place.resolve("R000.zarr/.zattrs").toFile())
                : (ObjectNode)
                        JSON.readTree(place.resolve("R000.zarr/zarr.json").toFile())
                                .get("attributes");
    }

    private static List<String> errors(ZarrVersion version, String schema, ObjectNode root) {
        String number = version == ZarrVersion.TWO ? "0.4" : "0.5";
        JsonSchema published =
                SCHEMAS.getSchema(SchemaLocation.of(PUBLISHED + number + "/schemas/" + schema + ".schema"));
        return published.validate(root).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
