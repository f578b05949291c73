package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;

/// Reads a version-2 B-tree of chunks: type 10 records hold address and grid position (8 bytes a dimension); type 11
/// records, of filtered chunks, have the stored size and the filter mask (4 bytes) between the two.
final class ChunkTreeTwo {

    private final FileBytes bytes;
    private final ChunkGrid grid;
    private final ChunkIndex index;

    ChunkTreeTwo(FileBytes bytes, ChunkGrid grid, ChunkIndex index) {
        this.bytes = bytes;
        this.grid = grid;
        this.index = index;
    }

    void read(long address) {
        int type = Byte.toUnsignedInt(bytes.read(address, 6).get(5));
        switch (type) {
            case 10 -> TreeTwo.read(bytes, address, type, this::plain);
            case 11 -> TreeTwo.read(bytes, address, type, this::filtered);
            default -> throw new Malformed("a tree of type %d where chunks were expected".formatted(type));
        }
    }

    private void plain(ByteBuffer node, int recordBytes) {
        if (recordBytes != bytes.offsetBytes() + 8 * grid.rank()) {
            throw new Malformed("chunk records of %d bytes".formatted(recordBytes));
        }
        long address = bytes.address(node);
        index.put(grid.number(position(node)), address, grid.chunkBytes(), 0);
    }

    private void filtered(ByteBuffer node, int recordBytes) {
        int sizeWidth = recordBytes - bytes.offsetBytes() - 4 - 8 * grid.rank();
        if (sizeWidth < 1 || sizeWidth > 8) {
            throw new Malformed("chunk records of %d bytes".formatted(recordBytes));
        }
        long address = bytes.address(node);
        long storedSize = FileBytes.number(node, sizeWidth);
        int mask = node.getInt();
        index.put(grid.number(position(node)), address, storedSize, mask);
    }

    private long[] position(ByteBuffer node) {
        long[] at = new long[grid.rank()];
        for (int dimension = 0; dimension < at.length; dimension++) {
            at[dimension] = node.getLong();
        }
        return at;
    }
}
