package io.cellferry.dataset.hdf5.index;

import io.cellferry.dataset.hdf5.bytes.FileBytes;

/// Which structure holds the chunks of a data set, and where it begins. [FileBytes#NOWHERE] as address means that no
/// chunk was ever written.
public sealed interface ChunkLayout {

    long address();

    /// Version-1 B-tree: every file without newer features.
    record TreeOne(long address) implements ChunkLayout {}

    /// One chunk covers the whole data set. `storedSize` counts only when it is filtered.
    record Single(long address, long storedSize, int mask) implements ChunkLayout {}

    /// All chunks one after the other, never filtered.
    record Implicit(long address) implements ChunkLayout {}

    /// Fixed array: no unlimited dimension.
    record FixedArray(long address) implements ChunkLayout {}

    /// Extensible array: one unlimited dimension.
    record ExtensibleArray(long address) implements ChunkLayout {}

    /// Version-2 B-tree: several unlimited dimensions.
    record TreeTwo(long address) implements ChunkLayout {}

    /// Reads the index. Costs one pass over it; whoever needs it often keeps it.
    static ChunkIndex index(FileBytes bytes, ChunkGrid grid, ChunkLayout layout, boolean filtered) {
        ChunkIndex index = new ChunkIndex(bytes, grid, filtered);
        if (layout.address() == FileBytes.NOWHERE || grid.chunks() == 0) {
            return index;
        }
        switch (layout) {
            case TreeOne tree -> new ChunkTreeOne(bytes, grid, index).read(tree.address());
            case Single single ->
                index.put(0, single.address(), filtered ? single.storedSize() : grid.chunkBytes(), single.mask());
            case Implicit all -> {
                ChunkGrid.Numbering numbering = grid.overGreatestExtent();
                long stored = 0;
                for (long number = 0; stored < grid.chunks(); number++) {
                    long present = numbering.toPresent(number);
                    if (present >= 0) {
                        index.put(present, all.address() + number * grid.chunkBytes(), grid.chunkBytes(), 0);
                        stored++;
                    }
                }
            }
            case FixedArray array -> new FixedArrayReader(bytes, grid, index).read(array.address());
            case ExtensibleArray array -> new ExtensibleArrayReader(bytes, grid, index).read(array.address());
            case TreeTwo tree -> new ChunkTreeTwo(bytes, grid, index).read(tree.address());
        }
        return index;
    }
}
