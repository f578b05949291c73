package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;

/// Reads a version-1 B-tree of chunks.
///
/// A node is `TREE`, type 1, level, number of children (2 bytes), both siblings, then keys and children in turn and
/// one more key. A key is the stored size (4 bytes), the filter mask (4 bytes), and the chunk's first element in each
/// dimension and a zero (8 bytes each).
final class ChunkTreeOne {

    private final FileBytes bytes;
    private final ChunkGrid grid;
    private final ChunkIndex index;
    private long nodes;

    ChunkTreeOne(FileBytes bytes, ChunkGrid grid, ChunkIndex index) {
        this.bytes = bytes;
        this.grid = grid;
        this.index = index;
    }

    void read(long root) {
        read(root, -1);
    }

    /// Levels shrink by one from parent to child, so the recursion ends after 256 of them at the latest; a tree with
    /// more nodes than fit in the file visits one of them twice.
    private void read(long address, int expectedLevel) {
        int headBytes = 8 + 2 * bytes.offsetBytes();
        if (++nodes > bytes.size() / headBytes) {
            throw new Malformed("the chunk tree runs in a circle at address %,d".formatted(address));
        }
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "TREE", address);
        int type = Byte.toUnsignedInt(head.get());
        int level = Byte.toUnsignedInt(head.get());
        if (type != 1 || (expectedLevel >= 0 && level != expectedLevel)) {
            throw new Malformed("a tree node of type %d and level %d at address %,d where chunks were expected"
                    .formatted(type, level, address));
        }
        int children = Short.toUnsignedInt(head.getShort());
        int keyBytes = 8 + 8 * (grid.rank() + 1);
        ByteBuffer entries =
                bytes.read(address + headBytes, (long) children * (keyBytes + bytes.offsetBytes()) + keyBytes);
        long[] at = new long[grid.rank()];
        for (int child = 0; child < children; child++) {
            long storedSize = Integer.toUnsignedLong(entries.getInt());
            int mask = entries.getInt();
            for (int dimension = 0; dimension < at.length; dimension++) {
                at[dimension] = entries.getLong();
            }
            long trailing = entries.getLong();
            long childAddress = bytes.address(entries);
            if (level > 0) {
                read(childAddress, level - 1);
            } else {
                index.put(number(at, trailing), childAddress, storedSize, mask);
            }
        }
    }

    private long number(long[] at, long trailing) {
        for (int dimension = 0; dimension < at.length; dimension++) {
            if (at[dimension] % grid.chunk()[dimension] != 0 || trailing != 0) {
                throw new Malformed("a chunk that begins between the lines of the chunk grid");
            }
            at[dimension] /= grid.chunk()[dimension];
        }
        return grid.number(at);
    }
}
