package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Arrays that zarr 2 wrote (`make_zarr_twins.py`) in every type, codec and layout: chunk for chunk the numbers from 0
/// on, and damaged ones refused by name or read as something of the right length, never anything else.
class ForeignArraysTest {

    private static final Path KINDS = Path.of("src/test/resources/odd/kinds.zarr.zip");

    @TempDir
    private Path folder;

    static Stream<String> numbers() {
        try (ZarrHierarchy store = open(KINDS)) {
            return Stream.of("by_codec", "by_type", "by_layout")
                    .flatMap(group -> store.children(group).stream().map(name -> group + "/" + name))
                    .toList()
                    .stream();
        }
    }

    private static ZarrHierarchy open(Path path) {
        return ZarrHierarchy.open(ZarrStore.open(path).orElseThrow()).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everyElementIsItsPlace(String path) {
        try (ZarrHierarchy store = open(KINDS)) {
            ZarrNode.Array node = (ZarrNode.Array) store.node(path).orElseThrow();
            StoredArray array = node.array();
            ZarrType type = ((ElementKind.Number) array.kind()).type();
            byte[] chunk = new byte[array.chunkBytes()];
            try (ChunkReader reader = new ChunkReader(store.store(), node)) {
                long rows = array.shape().get(0);
                long columns = array.shape().get(1);
                for (long row = 0; row < rows; row++) {
                    for (long column = 0; column < columns; column++) {
                        int height = array.chunk().get(0);
                        int width = array.chunk().get(1);
                        reader.read(new long[] {row / height, column / width}, chunk);
                        int place = (int) (row % height * width + column % width) * type.bytes();
                        double expected = row % 6 * 10 + column;
                        if (type == ZarrType.BOOL) {
                            expected %= 2;
                        }
                        if (path.endsWith("missing") && (row >= 4 || column >= 3)) {
                            expected = Double.NaN;
                        }
                        assertThat(Double.valueOf(value(type, chunk, place))).isEqualTo(Double.valueOf(expected));
                    }
                }
            }
        }
    }

    private static double value(ZarrType type, byte[] bytes, int at) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case BOOL, INT8, UINT8 -> in.get(at);
            case INT16, UINT16 -> in.getShort(at);
            case INT32, UINT32 -> in.getInt(at);
            case INT64, UINT64 -> in.getLong(at);
            case FLOAT16 -> Float.float16ToFloat(in.getShort(at));
            case FLOAT32 -> in.getFloat(at);
            case FLOAT64 -> in.getDouble(at);
            case TEXT, ROW -> throw new IllegalArgumentException();
        };
    }

    @Test
    void textsOfAnyLengthAreTheWordsThatWereWritten() {
        try (ZarrHierarchy store = open(KINDS)) {
            ZarrNode.Array node = (ZarrNode.Array) store.node("texts/variable").orElseThrow();
            try (ChunkReader reader = new ChunkReader(store.store(), node)) {
                assertThat(reader.texts(new long[] {0})).containsExactly("a", "Größe", "");
                assertThat(reader.texts(new long[] {1}).getFirst()).isEqualTo("☃");
            }
        }
    }

    /// A chunk of a thousand million texts, of which few were written, takes no more room than these.
    @Test
    void textsThatAreOnlyAnnouncedTakeNoRoom() throws IOException {
        Path store = extracted();
        Path document = store.resolve("texts/variable/.zarray");
        Files.writeString(
                document,
                Files.readString(document).replaceFirst("\"chunks\": \\[\\s*3\\s*\\]", "\"chunks\": [1000000000]"));
        try (ZarrHierarchy wide = open(store)) {
            ZarrNode.Array node = (ZarrNode.Array) wide.node("texts/variable").orElseThrow();
            assertThat(node.array().chunkElements()).isEqualTo(1_000_000_000);
            try (ChunkReader reader = new ChunkReader(wide.store(), node)) {
                assertThat(reader.texts(new long[] {0})).containsExactly("a", "Größe", "");
                assertThat(reader.texts(new long[] {5})).isEmpty();
            }
        }
    }

    @Test
    void damagedChunksAreRefusedByNameOrGiveTheirLength() throws IOException {
        Path store = extracted();
        List<Path> chunks;
        try (Stream<Path> files = Files.walk(store.resolve("by_codec"))) {
            chunks = files.filter(file -> file.getFileName().toString().equals("0.0"))
                    .sorted()
                    .toList();
        }
        assertThat(chunks).hasSizeGreaterThan(15);
        for (Path file : chunks) {
            byte[] whole = Files.readAllBytes(file);
            String path = store.relativize(file.getParent()).toString();
            for (int trial = 0; trial < 60; trial++) {
                Random random = new Random(trial);
                byte[] damaged =
                        trial % 3 == 0 ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                if (trial % 3 != 0) {
                    damaged[random.nextInt(Math.min(whole.length, trial % 3 == 1 ? 24 : whole.length))] ^=
                            (byte) (1 << random.nextInt(8));
                }
                Files.write(file, damaged);
                try (ZarrHierarchy broken = open(store)) {
                    ZarrNode.Array node = (ZarrNode.Array) broken.node(path).orElseThrow();
                    try (ChunkReader reader = new ChunkReader(broken.store(), node)) {
                        reader.read(new long[] {0, 0}, new byte[node.array().chunkBytes()]);
                    } catch (InputRefused refused) {
                        assertThat(refused).hasMessageContaining(path + "/0.0").hasMessageContaining("damaged");
                    }
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void metadataThatCannotBeTrueIsRefusedByName() throws IOException {
        Path store = extracted();
        Path document = store.resolve("by_type/little_i4/.zarray");
        String sound = Files.readString(document);
        for (String[] change : new String[][] {
            {"\"chunks\": [", "\"chunks\": [0, "},
            {"\"chunks\": [", "\"chunks\": [2000000000, "},
            {"\"shape\": [", "\"shape\": [-1, "},
            {"\"shape\": [", "\"shape\": [9223372036854775807, "},
            {"<i4", "what"},
            {"{", ""}
        }) {
            Files.writeString(document, sound.replaceFirst(java.util.regex.Pattern.quote(change[0]), change[1]));
            try (ZarrHierarchy broken = open(store)) {
                assertThatThrownBy(() -> broken.node("by_type/little_i4"))
                        .as(change[1])
                        .isInstanceOf(InputRefused.class)
                        .hasMessageContaining("by_type/little_i4");
            }
        }
    }

    private Path extracted() throws IOException {
        Path store = folder.resolve("kinds.zarr");
        try (ZipFile file = new ZipFile(KINDS.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                Path target = store.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getInputStream(entry).readAllBytes());
            }
        }
        return store;
    }
}
