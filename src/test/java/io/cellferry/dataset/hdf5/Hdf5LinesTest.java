package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.ValueBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chunks that cut a table into short lines give what the table in one piece gives, wherever a range begins and ends.
class Hdf5LinesTest {

    private static final Path FILE = Path.of("src/test/resources/hdf5/sound/lines.h5");
    private static final int RANGES = 40;
    /// Each jump back in a giant chunk decodes it again.
    private static final int GIANT_RANGES = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i1",
                "u1",
                "little_i2",
                "big_i2",
                "little_u2",
                "big_u2",
                "little_i4",
                "big_i4",
                "little_u4",
                "big_u4",
                "little_i8",
                "big_i8",
                "little_u8",
                "big_u8",
                "little_f2",
                "big_f2",
                "little_f4",
                "big_f4",
                "little_f8",
                "big_f8"
            })
    void everyTypeOfNumberComesOutOfShortLines(String type) {
        same(RANGES, type, "column", "three", "whole");
    }

    @Test
    void linesOfThreeDimensionsFindTheirPlace() {
        same(RANGES, "cube", "line", "plane", "box", "rows");
    }

    @Test
    void giantChunksGiveTheirLinesInPieces() {
        same(GIANT_RANGES, "giant", "gzip", "shuffle_gzip");
    }

    @Test
    void textsComeOutOfShortLines() {
        try (Hdf5File file = Hdf5File.open(FILE)) {
            List<String> all = dataset(file, "texts/plain").readTexts(0, 240);
            for (String name : new String[] {"texts/column", "texts/three"}) {
                assertThat(dataset(file, name).readTexts(0, 240)).as(name).isEqualTo(all);
                assertThat(dataset(file, name).readTexts(66, 77)).as(name).isEqualTo(all.subList(66, 143));
            }
        }
    }

    @Test
    void fieldsOfRowsComeOutOfShortLines() {
        try (Hdf5File file = Hdf5File.open(FILE)) {
            for (String name : new String[] {"n", "pair", "end"}) {
                ArrayField plain = dataset(file, "rows/plain").field(name).orElseThrow();
                int values = plain.valuesPerElement();
                long[] all = plain.readWholes(0, 120);
                for (String layout : new String[] {"rows/column", "rows/three"}) {
                    ArrayField field = dataset(file, layout).field(name).orElseThrow();
                    assertThat(field.readWholes(0, 120)).as(layout).containsExactly(all);
                    assertThat(field.readWholes(30, 51))
                            .as(layout)
                            .containsExactly(Arrays.copyOfRange(all, 30 * values, 81 * values));
                }
            }
        }
    }

    /// Reads random ranges of `group/plain` and of its twins, to a random place of a buffer.
    private static void same(int ranges, String group, String... layouts) {
        long seed = System.nanoTime();
        try (Hdf5File file = Hdf5File.open(FILE)) {
            for (String layout : layouts) {
                Random random = new Random(seed);
                TreeArray plain = dataset(file, group + "/plain");
                TreeArray chunked = dataset(file, group + "/" + layout);
                assertThat(chunked.chunkShape()).isPresent();
                int count = Math.toIntExact(plain.count());
                try (ArrayCursor expected = plain.cursor();
                        ArrayCursor found = chunked.cursor()) {
                    for (int range = 0; range < ranges; range++) {
                        int from = range == 0 ? 0 : random.nextInt(count);
                        int elements = range == 0 ? count : random.nextInt(count - from + 1);
                        int at = random.nextInt(5);
                        String what =
                                "%s/%s [%d, +%d) at %d, seed %d".formatted(group, layout, from, elements, at, seed);
                        assertThat(bits(found, chunked, from, elements, at))
                                .as(what)
                                .containsExactly(bits(expected, plain, from, elements, at));
                    }
                }
            }
        }
    }

    /// What the buffer holds after reading, two places beyond the range too.
    private static long[] bits(ArrayCursor cursor, TreeArray array, int from, int elements, int at) {
        ValueBuffer buffer = new ValueBuffer(array.valueType(), at + elements + 2);
        Arrays.fill(buffer.four(), -77);
        Arrays.fill(buffer.eight(), -77);
        cursor.read(from, elements, buffer, at);
        return array.valueType().bytes() == Integer.BYTES
                ? Arrays.stream(buffer.four()).asLongStream().toArray()
                : buffer.eight();
    }

    private static TreeArray dataset(Hdf5File file, String path) {
        String[] names = path.split("/");
        return file.root().group(names[0]).orElseThrow().array(names[1]).orElseThrow();
    }
}
