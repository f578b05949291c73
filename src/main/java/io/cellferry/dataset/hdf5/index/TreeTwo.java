package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.Checksums;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;

/// Reads a version-2 B-tree, record by record in no particular order.
///
/// Header: `BTHD`, version 0, type, node size (4 bytes), record size (2), depth (2), split and merge percentage, root
/// address, records of the root (2), records in all, checksum. Internal node: `BTIN`, version, type, records, then one
/// pointer more than there are records: address, records of the child, and below the level above the leaves records of
/// its whole branch; the numbers are as wide as the largest possible one needs. Leaf: `BTLF`, version, type, records.
public final class TreeTwo {

    /// Takes one record, positioned at its start; it must not be kept.
    @FunctionalInterface
    public interface RecordReader {
        void read(ByteBuffer tree, int recordBytes);
    }

    private static final int NODE_OVERHEAD = 10;

    private final FileBytes bytes;
    private final int type;
    private final RecordReader reader;
    private int nodeBytes;
    private int recordBytes;
    private int countWidth;
    private int[] branchWidths = new int[0];
    private long nodes;

    private TreeTwo(FileBytes bytes, int type, RecordReader reader) {
        this.bytes = bytes;
        this.type = type;
        this.reader = reader;
    }

    /// Reads all records of the tree at `address`, which must be of the given type.
    public static void read(FileBytes bytes, long address, int type, RecordReader reader) {
        new TreeTwo(bytes, type, reader).read(address);
    }

    private void read(long address) {
        int headBytes = 22 + bytes.offsetBytes() + bytes.lengthBytes();
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "BTHD", address);
        Checksums.check(head, headBytes, "a tree header", address);
        FileBytes.version(head, 0, "a tree header");
        FileBytes.version(head, type, "a tree type");
        nodeBytes = head.getInt();
        recordBytes = Short.toUnsignedInt(head.getShort());
        int depth = Short.toUnsignedInt(head.getShort());
        head.getShort();
        long root = bytes.address(head);
        int records = Short.toUnsignedInt(head.getShort());
        if (recordBytes == 0 || nodeBytes < NODE_OVERHEAD + recordBytes || depth > 64) {
            throw new Malformed("a tree of nodes of %,d bytes, records of %,d and depth %d"
                    .formatted(nodeBytes, recordBytes, depth));
        }
        widths(depth);
        if (root != FileBytes.NOWHERE) {
            node(root, depth, records);
        }
    }

    private void widths(int depth) {
        long mostInLeaf = (nodeBytes - NODE_OVERHEAD) / recordBytes;
        countWidth = width(mostInLeaf);
        branchWidths = new int[depth + 1];
        long mostInBranch = mostInLeaf;
        for (int level = 1; level <= depth; level++) {
            int pointer = bytes.offsetBytes() + countWidth + branchWidths[level - 1];
            long mostInNode = Math.max(0, (nodeBytes - NODE_OVERHEAD - pointer) / (recordBytes + pointer));
            mostInBranch = Math.min(Long.MAX_VALUE >>> 24, (mostInNode + 1) * mostInBranch + mostInNode);
            branchWidths[level] = width(mostInBranch);
        }
    }

    private static int width(long most) {
        return (63 - Long.numberOfLeadingZeros(Math.max(1, most))) / 8 + 1;
    }

    private void node(long address, int depth, int records) {
        if (++nodes > bytes.size() / NODE_OVERHEAD) {
            throw new Malformed("the tree runs in a circle at address %,d".formatted(address));
        }
        int pointer = depth == 0 ? 0 : bytes.offsetBytes() + countWidth + branchWidths[depth - 1];
        long used = NODE_OVERHEAD + (long) records * (recordBytes + pointer) + pointer;
        if (used > nodeBytes) {
            throw new Malformed(
                    "%,d records in a tree node of %,d bytes at address %,d".formatted(records, nodeBytes, address));
        }
        ByteBuffer node = bytes.read(address, used);
        FileBytes.signature(node, depth == 0 ? "BTLF" : "BTIN", address);
        Checksums.check(node, (int) used, "a tree node", address);
        FileBytes.version(node, 0, "a tree node");
        FileBytes.version(node, type, "a tree type");
        for (int index = 0; index < records; index++) {
            int start = node.position();
            reader.read(node, recordBytes);
            node.position(start + recordBytes);
        }
        for (int child = 0; depth > 0 && child <= records; child++) {
            long childAddress = bytes.address(node);
            int childRecords = (int) FileBytes.number(node, countWidth);
            FileBytes.number(node, branchWidths[depth - 1]);
            node(childAddress, depth - 1, childRecords);
        }
    }
}
