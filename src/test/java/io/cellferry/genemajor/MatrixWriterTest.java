package io.cellferry.genemajor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.ColumnVisitor;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueType;
import io.cellferry.storage.PlainUnit;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrNode;
import io.cellferry.zarr.ZarrStore;
import io.cellferry.zarr.ZarrType;
import io.cellferry.zarr.ZarrVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns laid one behind the other come back value for value, however they are cut into chunks, shards and units;
/// positions beyond 2^31 lead to the right file and place.
class MatrixWriterTest {

    @TempDir
    private Path folder;

    /// Gene `g` has `counts[g]` values: value `i` is cell `3 * i` with the number `g * 1000 + i % 1000`.
    private record Counted(long[] counts) implements ColumnSource {

        @Override
        public int cells() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int genes() {
            return counts.length;
        }

        @Override
        public ValueType valueType() {
            return ValueType.FLOAT64;
        }

        @Override
        public long[] starts() {
            return MajorStarts.of(counts).all();
        }

        @Override
        public void visit(GeneRange genes, ColumnVisitor visitor) {
            SparseColumn column = new SparseColumn(ValueType.FLOAT64);
            for (int gene = genes.from(); gene < genes.to(); gene++) {
                int count = (int) counts[gene];
                column.reset(count);
                for (int i = 0; i < count; i++) {
                    column.cells()[i] = 3 * i;
                    column.values().eight()[i] = Double.doubleToRawLongBits(value(gene, i));
                }
                visitor.column(gene, column);
            }
        }

        static double value(int gene, int i) {
            return gene * 1000.0 + i % 1000;
        }

        @Override
        public void close() {}
    }

    @Test
    void everyCutGivesTheSameValues() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 60; trial++) {
            long[] counts =
                    random.longs(random.nextInt(40), 0, 1 + random.nextInt(400)).toArray();
            boolean three = random.nextBoolean();
            MatrixLayout layout = new MatrixLayout(
                    "X",
                    random.nextBoolean() ? MatrixInfo.Order.GENE_MAJOR : MatrixInfo.Order.CELL_MAJOR,
                    three ? ZarrVersion.THREE : ZarrVersion.TWO,
                    Compression.values()[random.nextInt(Compression.values().length)],
                    1 + random.nextInt(9),
                    ZarrType.FLOAT64,
                    counts.length,
                    counts.length,
                    16 + random.nextInt(300),
                    three ? 1 + random.nextInt(5) : 1);
            String what = "seed %d, trial %d, %s".formatted(seed, trial, layout);
            MajorStarts starts = MajorStarts.of(counts);
            Path store = folder.resolve("store-" + trial);
            write(layout, starts, new Counted(counts), layout.units(starts.storedValues()), store);

            assertThat(values(store, "X/data", starts.storedValues())).as(what).isEqualTo(expected(counts, false));
            assertThat(values(store, "X/indices", starts.storedValues()))
                    .as(what)
                    .isEqualTo(expected(counts, true));
            assertThat(values(store, "X/indptr", counts.length + 1L))
                    .as(what)
                    .isEqualTo(java.util.Arrays.stream(starts.all())
                            .mapToObj(start -> (double) start)
                            .toList());
            assertThat(layout.indptr(starts.storedValues()).type()).isEqualTo(ZarrType.INT32);
            delete(store);
        }
    }

    @Test
    void startsTakeSixtyFourBitsOnlyWhenThirtyTwoAreTooFew() {
        MatrixLayout layout = new MatrixLayout(
                "X",
                MatrixInfo.Order.GENE_MAJOR,
                ZarrVersion.TWO,
                Compression.NONE,
                5,
                ZarrType.FLOAT32,
                Integer.MAX_VALUE,
                2,
                1 << 20,
                1);
        assertThat(layout.indptr((1L << 31) - 1).type()).isEqualTo(ZarrType.INT32);
        assertThat(layout.indptr(1L << 31).type()).isEqualTo(ZarrType.INT64);
    }

    private static List<Double> expected(long[] counts, boolean cells) {
        List<Double> expected = new ArrayList<>();
        for (int gene = 0; gene < counts.length; gene++) {
            for (int i = 0; i < counts[gene]; i++) {
                expected.add(cells ? 3.0 * i : Counted.value(gene, i));
            }
        }
        return expected;
    }

    /// 4,000 genes of a million values: four thousand million in all, of which one unit is written.
    @Test
    void positionsBeyondTwoToTheThirtyOneLeadToTheRightFile() throws IOException {
        long[] counts = new long[4000];
        java.util.Arrays.fill(counts, 1_000_003);
        MajorStarts starts = MajorStarts.of(counts);
        int chunk = MatrixLayout.chunkFor(starts.storedValues());
        MatrixLayout layout = new MatrixLayout(
                "X",
                MatrixInfo.Order.GENE_MAJOR,
                ZarrVersion.TWO,
                Compression.BLOSC_LZ4,
                5,
                ZarrType.FLOAT64,
                Integer.MAX_VALUE,
                4000,
                chunk,
                1);
        long from = 3_000_000_000L / chunk * chunk;
        ValueRange range = new ValueRange(from, from + 2L * chunk);
        Path store = folder.resolve("huge");
        write(layout, starts, new Counted(counts), List.of(range), store);

        assertThat(chunk).isEqualTo(1 << 20);
        assertThat(layout.units(starts.storedValues()).getLast().to()).isEqualTo(4_000_012_000L);
        assertThat(values(store, "X/indptr", 4001))
                .isEqualTo(java.util.Arrays.stream(starts.all())
                        .mapToObj(start -> (double) start)
                        .toList());
        assertThat(starts.majorsOf(range))
                .isEqualTo(new GeneRange((int) (from / 1_000_003), (int) ((from + 2L * chunk - 1) / 1_000_003) + 1));
        try (ZarrHierarchy hierarchy =
                ZarrHierarchy.open(ZarrStore.open(store).orElseThrow()).orElseThrow()) {
            ZarrNode.Array node = (ZarrNode.Array) hierarchy.node("X/data").orElseThrow();
            byte[] bytes = new byte[node.array().chunkBytes()];
            try (ChunkReader reader = new ChunkReader(hierarchy.store(), node)) {
                reader.read(new long[] {from / chunk + 1}, bytes);
            }
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < chunk; i += 997) {
                long position = from + chunk + i;
                assertThat(in.getDouble(i * 8))
                        .isEqualTo(Counted.value((int) (position / 1_000_003), (int) (position % 1_000_003)));
            }
        }
    }

    private static void write(
            MatrixLayout layout, MajorStarts starts, ColumnSource columns, List<ValueRange> ranges, Path store) {
        try (PlainUnit unit = new PlainUnit(store, store);
                MatrixWriter writer = new MatrixWriter(layout, starts, Optional.empty())) {
            for (ValueRange range : ranges) {
                writer.write(columns, range, unit);
            }
            MatrixWriter.writeStarts(layout, starts, unit);
            StoreMetadata.of(List.of(new StoreNode.Group("", java.util.Map.of())), layout, starts.storedValues())
                    .write(unit);
            unit.commit();
        }
    }

    private static List<Double> values(Path store, String path, long count) {
        try (ZarrHierarchy hierarchy =
                ZarrHierarchy.open(ZarrStore.open(store).orElseThrow()).orElseThrow()) {
            ZarrNode.Array node = (ZarrNode.Array) hierarchy.node(path).orElseThrow();
            assertThat(node.array().count()).isEqualTo(count);
            List<Double> values = new ArrayList<>();
            try (ChunkReader reader = new ChunkReader(hierarchy.store(), node)) {
                byte[] bytes = new byte[node.array().chunkBytes()];
                int width = bytes.length / node.array().chunkElements();
                for (long chunk = 0; values.size() < count; chunk++) {
                    reader.read(new long[] {chunk}, bytes);
                    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                    for (int i = 0; i < node.array().chunkElements() && values.size() < count; i++) {
                        values.add(
                                path.endsWith("data")
                                        ? in.getDouble()
                                        : width == Integer.BYTES ? (double) in.getInt() : (double) in.getLong());
                    }
                }
            }
            return values;
        }
    }

    private static void delete(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
