package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;

/// The elements of fixed and extensible arrays: an address each, and for filtered chunks the stored size and the filter
/// mask (4 bytes). Elements without a chunk hold the undefined address.
final class ArrayElements {

    private final FileBytes bytes;
    private final ChunkGrid grid;
    private final ChunkIndex index;
    private final ChunkGrid.Numbering numbering;
    private final boolean filtered;
    private final int elementBytes;

    /// `client` is 0 for plain and 1 for filtered chunks.
    ArrayElements(FileBytes bytes, ChunkGrid grid, ChunkIndex index, int client, int elementBytes) {
        this.bytes = bytes;
        this.grid = grid;
        this.index = index;
        this.numbering = grid.overGreatestExtent();
        this.filtered = client == 1;
        this.elementBytes = elementBytes;
        int sizeWidth = elementBytes - bytes.offsetBytes() - 4;
        if (client > 1 || (filtered ? sizeWidth < 1 || sizeWidth > 8 : elementBytes != bytes.offsetBytes())) {
            throw new Malformed("index elements of kind %d and %d bytes".formatted(client, elementBytes));
        }
    }

    int elementBytes() {
        return elementBytes;
    }

    /// Reads elements `[first, first + count)` of the array from where `from` stands.
    void read(ByteBuffer from, long first, long count) {
        for (long element = first; element < first + count; element++) {
            long address = bytes.address(from);
            long storedSize = grid.chunkBytes();
            int mask = 0;
            if (filtered) {
                storedSize = FileBytes.number(from, elementBytes - bytes.offsetBytes() - 4);
                mask = from.getInt();
            }
            if (address != FileBytes.NOWHERE) {
                index.put(numbering.toPresent(element), address, storedSize, mask);
            }
        }
    }

    /// Whether page `number` was ever written, after a bitmap whose first page is the highest bit of the first byte.
    static boolean isWritten(byte[] bitmap, int number) {
        return (bitmap[number >>> 3] & (0x80 >>> (number & 7))) != 0;
    }
}
