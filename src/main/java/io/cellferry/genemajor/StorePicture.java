package io.cellferry.genemajor;

import io.cellferry.page.BarChart;
import io.cellferry.page.Picture;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrHierarchy;
import io.cellferry.zarr.ZarrNode;
import io.cellferry.zarr.ZarrStore;
import io.cellferry.zarr.ZarrType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws how many values the genes of a stored matrix have, from the written starts of genes. Takes one chunk of them.
public final class StorePicture {

    private StorePicture() {}

    /// The picture of the matrix at `matrix` of the store; empty where it has no starts.
    public static Optional<Picture> of(Path folder, String matrix) {
        Optional<ZarrStore> store = ZarrStore.open(folder);
        if (store.isEmpty()) {
            return Optional.empty();
        }
        try (ZarrStore opened = store.get()) {
            return ZarrHierarchy.open(opened)
                    .flatMap(hierarchy -> hierarchy.node(matrix + "/indptr"))
                    .filter(ZarrNode.Array.class::isInstance)
                    .map(ZarrNode.Array.class::cast)
                    .flatMap(starts -> starts(opened, matrix, starts));
        }
    }

    private static Optional<Picture> starts(ZarrStore store, String matrix, ZarrNode.Array node) {
        StoredArray array = node.array();
        if (array.shape().size() != 1 || !(array.kind() instanceof ElementKind.Number number)) {
            return Optional.empty();
        }
        // Genes with 0, 1, 2 to 3, 4 to 7 … values.
        long[] genes = new long[Long.SIZE];
        long total = array.count();
        long before = 0;
        ByteBuffer chunk = ByteBuffer.allocate(array.chunkBytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (ChunkReader reader = new ChunkReader(store, node)) {
            for (long first = 0; first < total; first += array.chunkElements()) {
                reader.read(new long[] {first / array.chunkElements()}, chunk.array());
                long some = Math.min(array.chunkElements(), total - first);
                for (int i = 0; i < some; i++) {
                    long start = number.type() == ZarrType.INT32 ? chunk.getInt(4 * i) : chunk.getLong(8 * i);
                    if (first + i > 0) {
                        genes[Long.SIZE - Long.numberOfLeadingZeros(start - before)]++;
                    }
                    before = start;
                }
            }
        }
        return Optional.of(picture(matrix, genes, total - 1, before));
    }

    private static Picture picture(String matrix, long[] genes, long all, long values) {
        int last = genes.length - 1;
        while (last > 0 && genes[last] == 0) {
            last--;
        }
        List<BarChart.Bar> bars = new ArrayList<>();
        for (int power = 0; power <= last; power++) {
            long most = (1L << power) - 1;
            String word = power < 2 ? Long.toString(most) : "≤ " + shortened(most, 1_000);
            bars.add(new BarChart.Bar(word, genes[power], shortened(genes[power], 10_000)));
        }
        String alt = "How many of the %,d genes of %s have how many of its %,d stored values; %,d have none."
                .formatted(all, matrix, values, genes[0]);
        return new Picture(
                "Stored values per gene of " + matrix,
                alt,
                "Counted in the written store; each bar reaches twice as far as the one before.",
                BarChart.of(bars, alt, "stored values of a gene"),
                List.of());
    }

    /// Whole below `plain`: limits stand side by side below the bars and have less room than what stands above one.
    private static String shortened(long count, long plain) {
        if (count < plain) {
            return Long.toString(count);
        }
        return count < 1_000 * plain ? count / 1_000 + "k" : count / 1_000_000 + "M";
    }
}
