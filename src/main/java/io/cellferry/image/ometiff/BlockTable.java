package io.cellferry.image.ometiff;

import java.util.Arrays;

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
                .orElseGet(() -> {
                    long[] whole = new long[count];
                    Arrays.fill(whole, (long) layout.rowBytes() * layout.storedRows());
                    return whole;
                });
        return new BlockTable(layout, offsets, counts);
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
