package io.cellferry.dataset.anndatazarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Arrays whose chunks cut their rows into short lines hold what was put into them, wherever a range begins and ends.
/// Element number 5 of each array is 5, or the text 5.
class ZarrLinesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "60 7, 17 1",
        "60 7, 23 3",
        "60 7, 17 7",
        "60 7, 80 9",
        "60 7, 60 1",
        "9 5 3, 4 1 1",
        "9 5 3, 4 2 1",
        "9 5 3, 4 3 2",
        "9 5 3, 4 2 3",
        "40, 7"
    })
    void everyTypeOfNumberComesOutOfShortLines(String shape, String chunk) throws IOException {
        for (String type : new String[] {
            "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8", "<f2",
            ">f2", "<f4", ">f4", "<f8", ">f8"
        }) {
            write(extents(shape), extents(chunk), type);
            numbersAreTheirPlaces("%s, %s in chunks of %s".formatted(type, shape, chunk));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"|S4", "<U4"})
    void textsComeOutOfShortLines(String type) throws IOException {
        write(new int[] {60, 7}, new int[] {17, 3}, type);
        try (ZarrTree tree = tree();
                ArrayCursor cursor = array(tree).cursor()) {
            List<String> expected = new ArrayList<>();
            for (int element = 101; element < 181; element++) {
                expected.add(Integer.toString(element));
            }
            assertThat(cursor.readTexts(101, 80)).isEqualTo(expected);
        }
    }

    @Test
    void aSingleValueIsRead() throws IOException {
        write(new int[0], new int[0], "<f4");
        try (ZarrTree tree = tree()) {
            assertThat(array(tree).readWholes(0, 1)).containsExactly(0);
        }
    }

    private void numbersAreTheirPlaces(String what) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ZarrTree tree = tree();
                ArrayCursor cursor = array(tree).cursor()) {
            int count = Math.toIntExact(cursor.count());
            for (int range = 0; range < 10; range++) {
                int from = range == 0 ? 0 : random.nextInt(count);
                int elements = range == 0 ? count : random.nextInt(count - from + 1);
                int at = random.nextInt(5);
                ValueBuffer buffer = new ValueBuffer(array(tree).valueType(), at + elements + 1);
                cursor.read(from, elements, buffer, at);
                for (int place = 0; place < buffer.capacity(); place++) {
                    boolean inside = place >= at && place < at + elements;
                    int expected = inside ? (from + place - at) % 120 : 0;
                    assertThat(buffer.asDouble(place))
                            .as("%s, [%d, +%d) at %d, seed %d", what, from, elements, at, seed)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private ZarrTree tree() {
        return new ZarrTree(
                ZarrHierarchy.open(ZarrStore.open(folder).orElseThrow()).orElseThrow());
    }

    private static TreeArray array(ZarrTree tree) {
        return tree.root().array("a").orElseThrow();
    }

    private static int[] extents(String words) {
        return Arrays.stream(words.trim().split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /// Zarr v2 without compression: a file for each chunk, its elements row by row, at the border too.
    private void write(int[] shape, int[] chunk, String type) throws IOException {
        Path array = folder.resolve("a");
        Files.createDirectories(array);
        try (var old = Files.list(array)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(
                array.resolve(".zarray"), """
                {"zarr_format": 2, "shape": %s, "chunks": %s, "dtype": "%s", "compressor": null, "fill_value": null,
                 "order": "C", "filters": null}""".formatted(Arrays.toString(shape), Arrays.toString(chunk), type));
        chunks(array, shape, chunk, type, new int[shape.length], 0);
    }

    private static void chunks(Path array, int[] shape, int[] chunk, String type, int[] at, int dimension)
            throws IOException {
        if (dimension == shape.length) {
            StringBuilder name = new StringBuilder();
            for (int place : at) {
                name.append(name.isEmpty() ? "" : ".").append(place);
            }
            Files.write(array.resolve(name.isEmpty() ? "0" : name.toString()), chunk(shape, chunk, type, at));
            return;
        }
        for (at[dimension] = 0; at[dimension] * chunk[dimension] < shape[dimension]; at[dimension]++) {
            chunks(array, shape, chunk, type, at, dimension + 1);
        }
    }

    private static byte[] chunk(int[] shape, int[] chunk, String type, int[] at) {
        int elements = Arrays.stream(chunk).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(elements * 16)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int element = 0; element < elements; element++) {
            int rest = element;
            int number = 0;
            int step = 1;
            for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
                number += (at[dimension] * chunk[dimension] + rest % chunk[dimension]) * step;
                rest /= chunk[dimension];
                step *= shape[dimension];
            }
            put(bytes, type.substring(1), number);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void put(ByteBuffer bytes, String type, int number) {
        switch (type) {
            case "i1", "u1" -> bytes.put((byte) (number % 120));
            case "i2", "u2" -> bytes.putShort((short) (number % 120));
            case "i4", "u4" -> bytes.putInt(number % 120);
            case "i8", "u8" -> bytes.putLong(number % 120);
            case "f2" -> bytes.putShort(Float.floatToFloat16(number % 120));
            case "f4" -> bytes.putFloat(number % 120);
            case "f8" -> bytes.putDouble(number % 120);
            case "S4" -> bytes.put(padded(number, StandardCharsets.US_ASCII, 4));
            case "U4" -> bytes.put(padded(number, Charset.forName("UTF-32LE"), 16));
            default -> throw new AssertionError(type);
        }
    }

    private static byte[] padded(int number, Charset charset, int length) {
        return Arrays.copyOf(Integer.toString(number).getBytes(charset), length);
    }
}
