package io.cellferry.image.ometiff;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Where the blocks of one sample of a plane are stored and how long they are. Holds 16 bytes for each tile or strip of
/// the file, at most [LayoutReader#MOST_BLOCKS], owned by one plane reader.
final class BlockTable {

    /// Held, and for a moment the bytes they come from.
    static final int BYTES_PER_BLOCK = 24;

    private final PlaneLayout layout;
    private final long[] offsets;
    private final long[] byteCounts;

    private BlockTable(PlaneLayout layout, long[] offsets, long[] byteCounts) {
        this.layout = layout;
        this.offsets = offsets;
        this.byteCounts = byteCounts;
    }

    static BlockTable load(TiffBytes bytes, PlaneLayout layout, int sample) {
        int count = layout.storedBlocks();
        long from = layout.isSeparate() ? (long) sample * count : 0;
        int tag = layout.isTiled() ? Tag.TILE_OFFSETS : Tag.STRIP_OFFSETS;
        long[] offsets = Directory.numbers(bytes, layout.order(), tag, layout.offsets(), from, count);
        long[] counts = layout.byteCounts()
                .map(entry -> Directory.numbers(bytes, layout.order(), tag, entry, from, count))
                .orElseGet(() -> new long[count]);
        boolean isLengthKnown = layout.compression() == Compression.NONE
                && (!layout.isTiled() || layout.byteCounts().isEmpty());
        for (int stored = 0; isLengthKnown && stored < count; stored++) {
            // Some writers leave the counts out, or fill in zeros; only without an offset nothing is stored.
            if (counts[stored] == 0 && offsets[stored] != 0) {
                counts[stored] = wholeBytes(layout, stored);
            }
        }
        return new BlockTable(layout, offsets, counts);
    }

    /// Bytes of a tile, or of a strip, of which the last may have fewer rows.
    private static long wholeBytes(PlaneLayout layout, int stored) {
        long rows = layout.isTiled()
                ? layout.storedRows()
                : Math.min(layout.storedRows(), layout.blocks().height() - (long) stored * layout.storedRows());
        return rows * layout.rowBytes();
    }

    /// How many tiles or strips there are.
    int size() {
        return offsets.length;
    }

    /// How many of them the file does not store.
    int absent() {
        return (int) Arrays.stream(byteCounts).filter(count -> count == 0).count();
    }

    /// Those that are stored and of which the first `fileBytes` bytes of a file cannot hold what is needed.
    int[] outside(long fileBytes) {
        return IntStream.range(0, offsets.length)
                .filter(stored -> byteCounts[stored] != 0)
                .filter(stored -> !isInside(stored, fileBytes))
                .toArray();
    }

    private boolean isInside(int stored, long fileBytes) {
        // Uncompressed, no more is read than there should be, whatever the file counts.
        long needed = layout.compression() == Compression.NONE
                ? Math.min(byteCounts[stored], wholeBytes(layout, stored))
                : byteCounts[stored];
        return offsets[stored] >= TiffHeader.BYTES && needed >= 0 && needed <= fileBytes - offsets[stored];
    }

    /// A tile or strip in words, such as `tile 17 (column 2, row 1) at offset 4,711`.
    String nameOf(int stored) {
        String kind = layout.isTiled() ? "tile" : "strip";
        long columns = layout.blocks().columns();
        return "%s %,d (column %,d, row %,d) at offset %s"
                .formatted(kind, stored, stored % columns, stored / columns, Long.toUnsignedString(offsets[stored]));
    }

    /// Where a block begins.
    long offset(int block) {
        return offsets[stored(block)] + skipped(block);
    }

    /// How many bytes are stored from the block's offset on; negative in damaged files.
    long storedBytes(int block) {
        return byteCounts[stored(block)] - skipped(block);
    }

    /// Whether the file stores the tile or strip at all: a byte count of 0 stands for zeros.
    boolean isStored(int block) {
        return byteCounts[stored(block)] != 0;
    }

    /// The longest block in bytes that a plausible file may have.
    int mostStoredBytes(long mostPlausible) {
        long most = 0;
        for (long count : byteCounts) {
            most = Math.max(most, Math.min(count, mostPlausible));
        }
        return Math.toIntExact(most);
    }

    private int partsPerStored() {
        return (layout.storedRows() - 1) / layout.blocks().blockHeight() + 1;
    }

    private int stored(int block) {
        return layout.isTiled() ? block : block / partsPerStored();
    }

    private long skipped(int block) {
        return layout.isTiled() ? 0 : (long) (block % partsPerStored()) * layout.blockBytes();
    }
}
