package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Data sets say how they lie and deliver any range of their values into the caller's buffers.
class Hdf5DatasetTest {

    private static final Path FOLDER = Path.of("src/test/resources/hdf5/sound");

    @Test
    void descriptionsAreInPlainWords() {
        try (Hdf5File file = open("filters")) {
            TreeArray dataset = dataset(file, "gzip_shuffle");
            assertThat(dataset.storage()).isEqualTo("chunks of 512, shuffle + gzip");
            assertThat(dataset.typeName()).isEqualTo("int32");
            assertThat(dataset.shape()).containsExactly(1500);
            assertThat(dataset.chunkShape().orElseThrow()).containsExactly(512);
            assertThat(dataset.giantChunks()).isFalse();
            // A chunk kept, a stored one, one in a codec, one with slack between two filters; and chunks read together.
            assertThat(dataset.cursorBytes()).isEqualTo(4 * 2048 + 256 + 65_536 + (2 << 20));
            // What needs no decoding is read where it is kept.
            assertThat(dataset(file, "plain").cursorBytes()).isEqualTo(512 * 4 + (2 << 20));
            assertThat(dataset(file, "plain").storedBytes()).isEqualTo(3 * 512 * 4);
            assertThat(dataset.storedBytes()).isBetween(3000L, 6000L);
        }
        try (Hdf5File file = open("types")) {
            assertThat(dataset(file, "f2be").typeName()).isEqualTo("float16");
            assertThat(dataset(file, "u8le").typeName()).isEqualTo("uint64");
            assertThat(dataset(file, "bool").type()).isEqualTo(new ElementType.Flag());
            assertThat(dataset(file, "bool_scalar").shape()).isEmpty();
            assertThat(dataset(file, "enumeration").type())
                    .isEqualTo(new ElementType.Enumeration(List.of("A", "B", "Z")));
            assertThat(dataset(file, "compact").storage()).isEqualTo("inside the header");
            assertThat(dataset(file, "special").storage()).isEqualTo("in one piece");
        }
    }

    @Test
    void typesAreWidenedWithoutLoss() {
        try (Hdf5File file = open("types")) {
            assertThat(dataset(file, "i1le").valueType()).isEqualTo(ValueType.INT32);
            assertThat(dataset(file, "u2be").valueType()).isEqualTo(ValueType.INT32);
            assertThat(dataset(file, "u4le").valueType()).isEqualTo(ValueType.UINT32);
            assertThat(dataset(file, "i8le").valueType()).isEqualTo(ValueType.INT64);
            assertThat(dataset(file, "f2le").valueType()).isEqualTo(ValueType.FLOAT32);
            assertThat(dataset(file, "f8be").valueType()).isEqualTo(ValueType.FLOAT64);

            ValueBuffer large = new ValueBuffer(ValueType.UINT64, 3);
            dataset(file, "u8_large").read(0, 3, large, 0);
            assertThat(large.eight()).containsExactly(-1L, Long.MIN_VALUE, 1L);
        }
    }

    @Test
    void signsOfZeroAndBitsOfNanSurvive() {
        try (Hdf5File file = open("types")) {
            ValueBuffer special = new ValueBuffer(ValueType.FLOAT32, 5);
            dataset(file, "special").read(0, 5, special, 0);
            assertThat(special.four()).containsExactly(0x7fc00000, 0x7f800000, 0xff800000, 0x80000000, 0x3f800000);

            ValueBuffer halves = new ValueBuffer(ValueType.FLOAT32, 1);
            dataset(file, "halves").read(0x7c01, 1, halves, 0);
            assertThat(halves.four()).containsExactly(0x7f802000);
        }
    }

    @Test
    void rangesLandWhereTheCallerSays() {
        try (Hdf5File file = open("index_latest_40")) {
            long[] all = dataset(file, "grows").readWholes(0, 157);
            ValueBuffer buffer = new ValueBuffer(ValueType.INT32, 20);
            dataset(file, "grows").read(7, 10, buffer, 5);

            for (int index = 0; index < 20; index++) {
                long expected = index >= 5 && index < 15 ? all[7 + index - 5] : 0;
                assertThat((long) buffer.four()[index]).isEqualTo(expected);
            }
        }
    }

    @Test
    void realNumbersAreIntegersOnlyWithoutFraction() {
        try (Hdf5File file = open("types")) {
            assertThat(dataset(file, "f2le").readWholes(0, 4)).containsExactly(-3, -2, -1, 0);
            assertThat(dataset(file, "special").readWholes(3, 2)).containsExactly(0, 1);
        }
    }

    @Test
    void whatIsNoIntegerIsRefusedWithItsPosition() {
        try (Hdf5File file = open("types")) {
            assertThatThrownBy(() -> dataset(file, "special").readWholes(0, 5))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("/special should hold integers, but value 0 is NaN");
            assertThatThrownBy(() -> dataset(file, "u8_large").readWholes(0, 3))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("value 0 is 18446744073709551615");
            assertThatThrownBy(() -> dataset(file, "bool").readTexts(0, 3))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("/bool should hold text, but holds bool");
        }
        try (Hdf5File file = open("texts")) {
            assertThatThrownBy(() -> dataset(file, "utf8").readWholes(0, 1))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("/utf8 should hold numbers, but holds text");
        }
    }

    @Test
    void rangesBeyondTheEndAreDefectsOfTheCaller() {
        try (Hdf5File file = open("types");
                ArrayCursor cursor = dataset(file, "special").cursor()) {
            ValueBuffer buffer = new ValueBuffer(ValueType.FLOAT32, 10);
            assertThatThrownBy(() -> cursor.read(3, 3, buffer, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> cursor.read(-1, 1, buffer, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> cursor.read(0, 5, buffer, 6)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cursor.read(0, 1, new ValueBuffer(ValueType.INT32, 1), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void textsAreUtf8OrElseLatin1WhateverTheirTag() {
        try (Hdf5File file = open("texts")) {
            assertThat(dataset(file, "ascii_tag_utf8_bytes").readTexts(0, 2)).containsExactly("é", "plain");
            assertThat(dataset(file, "latin1_bytes").readTexts(0, 2)).containsExactly("é", "ÿþ");
            assertThat(dataset(file, "fixed_ascii_tag_utf8_bytes").readTexts(0, 2))
                    .containsExactly("é", "de");
            assertThat(dataset(file, "unwritten").readTexts(0, 4)).containsExactly("", "", "", "");
            assertThat(dataset(file, "space_padded").readTexts(0, 2)).containsExactly("abc", "d");
            assertThat(dataset(file, "square_chunked").readTexts(4, 3)).containsExactly("0,4", "1,0", "1,1");
        }
    }

    @Test
    void fieldsOfATableReadLikeColumns() {
        try (Hdf5File file = open("tables")) {
            TreeArray table = dataset(file, "chunked");
            assertThat(table.fields())
                    .extracting(ArrayField::name)
                    .containsExactly("index", "n", "x", "v", "arr", "square", "b");
            assertThat(table.field("index").orElseThrow().readTexts(8, 2)).containsExactly("c8", "c9");
            assertThat(table.field("v").orElseThrow().readTexts(39, 1)).containsExactly("text 39");
            assertThat(table.field("n").orElseThrow().readWholes(6, 3)).containsExactly(6, 7, 8);
            assertThat(table.field("b").orElseThrow().readWholes(0, 4)).containsExactly(1, 0, 0, 1);
            ArrayField square = table.field("square").orElseThrow();
            assertThat(square.valuesPerElement()).isEqualTo(4);
            assertThat(square.readWholes(6, 2)).containsExactly(24, 25, 26, 27, 28, 29, 30, 31);
            assertThat(table.field("absent")).isEmpty();
            assertThat(table.isNumeric()).isFalse();
        }
    }

    @Test
    void giantChunksMayBeReadForwardAndAgain() {
        try (Hdf5File file = open("giant");
                ArrayCursor cursor = dataset(file, "shuffle_gzip_fletcher32").cursor()) {
            assertThat(dataset(file, "shuffle_gzip_fletcher32").giantChunks()).isTrue();
            // Every number stands 2^20 times.
            assertThat(cursor.readWholes((3 << 20) - 2, 4)).containsExactly(2, 2, 3, 3);
            assertThat(cursor.readWholes((17 << 20) - 1, 1)).containsExactly(16);
            assertThat(cursor.readWholes((1 << 20) - 1, 2)).containsExactly(0, 1);
        }
    }

    @Test
    void severalThreadsReadTheSame() throws InterruptedException, ExecutionException {
        try (Hdf5File file = open("filters");
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            TreeArray shared = dataset(file, "gzip_shuffle");
            List<Future<long[]>> results = new ArrayList<>();
            for (int reader = 0; reader < 16; reader++) {
                results.add(threads.submit(() -> shared.readWholes(0, 1500)));
            }
            long[] expected = dataset(file, "plain").readWholes(0, 1500);
            for (Future<long[]> result : results) {
                assertThat(result.get()).containsExactly(expected);
            }
        }
    }

    @Test
    void anInterruptedReaderFinishesAndDisturbsNobody() {
        try (Hdf5File file = open("filters")) {
            Thread.currentThread().interrupt();
            long[] read = dataset(file, "gzip").readWholes(0, 1500);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(read).containsExactly(dataset(file, "plain").readWholes(0, 1500));
        }
    }

    private static Hdf5File open(String name) {
        return Hdf5File.open(FOLDER.resolve(name + ".h5"));
    }

    private static TreeArray dataset(Hdf5File file, String name) {
        return file.root().array(name).orElseThrow();
    }
}
