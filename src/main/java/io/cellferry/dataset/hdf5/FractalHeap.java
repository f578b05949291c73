package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.Checksums;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.index.TreeTwo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads objects of a fractal heap, where large groups keep their links and objects with many attributes keep those.
///
/// The heap is one address space, doubled row by row: rows 0 and 1 hold blocks of the starting size, row `r` blocks of
/// twice the size of row `r - 1`; blocks larger than the greatest direct block are again such tables. An object's id
/// says where it is: managed (offset and length in the address space), huge (key of a tree, or address and length
/// itself) or tiny (the object itself).
final class FractalHeap {

    private static final int HUGE_BY_KEY = 1;
    private static final int MOST_ROWS = 64;

    private final FileBytes bytes;
    private final long address;
    private final int idBytes;
    private final long hugeTree;
    private final int width;
    private final long startingBlock;
    private final long mostDirect;
    private final int offsetWidth;
    private final int lengthWidth;
    private final long root;
    private final int rootRows;

    FractalHeap(FileBytes bytes, long address) {
        this.bytes = bytes;
        this.address = address;
        int headBytes = 26 + 12 * bytes.lengthBytes() + 3 * bytes.offsetBytes();
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "FRHP", address);
        Checksums.check(head, headBytes, "a heap header", address);
        FileBytes.version(head, 0, "a heap header");
        this.idBytes = Short.toUnsignedInt(head.getShort());
        int filterBytes = Short.toUnsignedInt(head.getShort());
        head.get();
        long mostManaged = Integer.toUnsignedLong(head.getInt());
        bytes.length(head);
        this.hugeTree = bytes.address(head);
        bytes.length(head);
        bytes.address(head);
        for (int statistic = 0; statistic < 8; statistic++) {
            bytes.length(head);
        }
        this.width = Short.toUnsignedInt(head.getShort());
        this.startingBlock = bytes.length(head);
        this.mostDirect = bytes.length(head);
        int heapBits = Short.toUnsignedInt(head.getShort());
        head.getShort();
        this.root = bytes.address(head);
        this.rootRows = Short.toUnsignedInt(head.getShort());
        if (filterBytes != 0) {
            throw new Malformed("a compressed heap at address %,d, which is not supported".formatted(address));
        }
        if (width == 0
                || startingBlock <= 0
                || mostDirect < startingBlock
                || mostDirect > Integer.MAX_VALUE
                || heapBits > 64
                || rootRows > MOST_ROWS) {
            throw new Malformed("a heap of impossible proportions at address %,d".formatted(address));
        }
        this.offsetWidth = Math.ceilDiv(heapBits, 8);
        this.lengthWidth = (63 - Long.numberOfLeadingZeros(Math.max(1, Math.min(mostDirect, mostManaged)))) / 8 + 1;
    }

    ByteBuffer object(byte[] id) {
        if (id.length != idBytes) {
            throw new Malformed("a heap id of %d bytes where %d were expected".formatted(id.length, idBytes));
        }
        ByteBuffer from = ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
        int flags = Byte.toUnsignedInt(from.get());
        return switch (flags >> 4) {
            case 0 -> managed(FileBytes.number(from, offsetWidth), FileBytes.number(from, lengthWidth));
            case 1 -> huge(from);
            case 2 -> tiny(from, flags);
            default -> throw new Malformed("a heap id of kind %d".formatted(flags >> 4));
        };
    }

    private ByteBuffer tiny(ByteBuffer from, int flags) {
        int count = (idBytes <= 17 ? flags & 15 : (flags & 15) << 8 | Byte.toUnsignedInt(from.get())) + 1;
        return from.slice(from.position(), count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer huge(ByteBuffer from) {
        if (idBytes >= 1 + bytes.offsetBytes() + bytes.lengthBytes()) {
            long at = bytes.address(from);
            return bytes.read(at, bytes.length(from));
        }
        long key = FileBytes.number(from, Math.min(8, from.remaining()));
        long[] found = {FileBytes.NOWHERE, 0};
        TreeTwo.read(bytes, hugeTree, HUGE_BY_KEY, (record, recordBytes) -> {
            long at = bytes.address(record);
            long count = bytes.length(record);
            if (bytes.length(record) == key) {
                found[0] = at;
                found[1] = count;
            }
        });
        return bytes.read(found[0], found[1]);
    }

    private ByteBuffer managed(long offset, long count) {
        if (rootRows == 0) {
            return inBlock(root, offset, count, startingBlockOrLess(count, offset));
        }
        return inTable(root, rootRows, 0, offset, count, 0);
    }

    /// A lone root block may have any size up to the greatest; the object must only lie inside the file.
    private long startingBlockOrLess(long count, long offset) {
        return Math.min(mostDirect, Math.max(startingBlock, offset + count));
    }

    private ByteBuffer inBlock(long block, long offset, long count, long blockBytes) {
        if (offset < 0 || offset + count > blockBytes) {
            throw new Malformed("a heap object beyond its block at address %,d".formatted(block));
        }
        FileBytes.signature(bytes.read(block, 4), "FHDB", block);
        return bytes.read(block + offset, count);
    }

    /// An indirect block: `FHIB`, version, heap address, offset, then the addresses of its blocks row by row.
    private ByteBuffer inTable(long table, int rows, long tableOffset, long offset, long count, int depth) {
        if (depth > MOST_ROWS) {
            throw new Malformed("the heap at address %,d runs in a circle".formatted(address));
        }
        FileBytes.signature(bytes.read(table, 4), "FHIB", table);
        long first = tableOffset;
        for (int row = 0; row < rows; row++) {
            long blockBytes = startingBlock << Math.max(0, row - 1);
            long rowBytes = Math.multiplyExact(blockBytes, (long) width);
            if (offset < first + rowBytes) {
                long column = (offset - first) / blockBytes;
                long place = (long) row * width + column;
                long pointer = table + 5 + bytes.offsetBytes() + offsetWidth + place * bytes.offsetBytes();
                long block = bytes.address(bytes.read(pointer, bytes.offsetBytes()));
                long blockOffset = first + column * blockBytes;
                return blockBytes <= mostDirect
                        ? inBlock(block, offset - blockOffset, count, blockBytes)
                        : inTable(block, rowsOf(blockBytes), blockOffset, offset, count, depth + 1);
            }
            first += rowBytes;
        }
        throw new Malformed("a heap object beyond the end of the heap at address %,d".formatted(address));
    }

    /// Rows of a table that covers `blockBytes` of the heap.
    private int rowsOf(long blockBytes) {
        int rows = 0;
        for (long covered = 0; covered < blockBytes && rows < MOST_ROWS; rows++) {
            covered += (startingBlock << Math.max(0, rows - 1)) * width;
        }
        return rows;
    }
}
