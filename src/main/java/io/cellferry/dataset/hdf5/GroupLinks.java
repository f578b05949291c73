package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.index.TreeTwo;
import io.cellferry.dataset.texts.TextBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the names in a group and where they lead, without looking at what is there.
final class GroupLinks {

    /// Where a name leads.
    sealed interface Link {

        record Hard(long address) implements Link {}

        record Soft(String target) implements Link {}

        record External(String description) implements Link {}
    }

    private static final int LINKS_BY_NAME = 5;

    private final FileBytes bytes;
    private final SortedMap<String, Link> links = new TreeMap<>();
    private long nodes;

    private GroupLinks(FileBytes bytes) {
        this.bytes = bytes;
    }

    static SortedMap<String, Link> read(FileBytes bytes, ObjectHeader header) {
        GroupLinks reader = new GroupLinks(bytes);
        header.first(ObjectHeader.SYMBOL_TABLE).ifPresent(table -> reader.symbolTable(table.read()));
        header.first(ObjectHeader.LINK_INFO).ifPresent(info -> reader.heap(info.read()));
        header.messages().stream()
                .filter(message -> message.kind() == ObjectHeader.LINK)
                .forEach(link -> reader.link(link.read()));
        return reader.links;
    }

    /// Version, flags, optional greatest creation index (8 bytes), address of a heap of link messages, address of the
    /// tree that names them.
    private void heap(ByteBuffer info) {
        FileBytes.version(info, 0, "a link information message");
        int flags = info.get();
        if ((flags & 1) != 0) {
            info.getLong();
        }
        long heapAddress = bytes.address(info);
        long treeAddress = bytes.address(info);
        if (heapAddress == FileBytes.NOWHERE) {
            return;
        }
        FractalHeap heap = new FractalHeap(bytes, heapAddress);
        List<byte[]> ids = new ArrayList<>();
        TreeTwo.read(bytes, treeAddress, LINKS_BY_NAME, (record, recordBytes) -> {
            byte[] id = new byte[recordBytes - 4];
            record.getInt();
            record.get(id);
            ids.add(id);
        });
        for (byte[] id : ids) {
            link(heap.object(id));
        }
    }

    /// Version 1, flags, then as the flags say: type, creation order (8 bytes), character set, length of the name (1,
    /// 2, 4 or 8 bytes), name, target.
    private void link(ByteBuffer body) {
        FileBytes.version(body, 1, "a link message");
        int flags = Byte.toUnsignedInt(body.get());
        int type = (flags & 8) != 0 ? Byte.toUnsignedInt(body.get()) : 0;
        if ((flags & 4) != 0) {
            body.getLong();
        }
        if ((flags & 16) != 0) {
            body.get();
        }
        String name = text(body, FileBytes.number(body, 1 << (flags & 3)));
        Link link =
                switch (type) {
                    case 0 -> new Link.Hard(bytes.address(body));
                    case 1 -> new Link.Soft(text(body, Short.toUnsignedInt(body.getShort())));
                    case 64 -> {
                        String target = text(body, Short.toUnsignedInt(body.getShort()));
                        yield new Link.External(target.substring(1).replace("\0", " "));
                    }
                    default -> new Link.External("a user-defined link of type %d".formatted(type));
                };
        links.put(name, link);
    }

    private static String text(ByteBuffer body, long length) {
        if (length < 0 || length > body.remaining()) {
            throw new Malformed("a link name of %,d bytes".formatted(length));
        }
        byte[] letters = new byte[(int) length];
        body.get(letters);
        return TextBytes.decode(letters, 0, letters.length);
    }

    private void symbolTable(ByteBuffer table) {
        long tree = bytes.address(table);
        long heapAddress = bytes.address(table);
        ByteBuffer head = bytes.read(heapAddress, 8 + 2L * bytes.lengthBytes() + bytes.offsetBytes());
        FileBytes.signature(head, "HEAP", heapAddress);
        head.position(8);
        long size = bytes.length(head);
        bytes.length(head);
        ByteBuffer names = bytes.read(bytes.address(head), size);
        treeNode(tree, names, -1);
    }

    /// `TREE`, type 0, level, children (2 bytes), both siblings, then keys and children in turn.
    private void treeNode(long address, ByteBuffer names, int expectedLevel) {
        int headBytes = 8 + 2 * bytes.offsetBytes();
        if (++nodes > bytes.size() / headBytes) {
            throw new Malformed("the group's tree runs in a circle at address %,d".formatted(address));
        }
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "TREE", address);
        int type = Byte.toUnsignedInt(head.get());
        int level = Byte.toUnsignedInt(head.get());
        if (type != 0 || (expectedLevel >= 0 && level != expectedLevel)) {
            throw new Malformed("a tree node of type %d and level %d at address %,d where names were expected"
                    .formatted(type, level, address));
        }
        int children = Short.toUnsignedInt(head.getShort());
        ByteBuffer entries =
                bytes.read(address + headBytes, (long) children * (bytes.lengthBytes() + bytes.offsetBytes()));
        for (int child = 0; child < children; child++) {
            bytes.length(entries);
            long childAddress = bytes.address(entries);
            if (level > 0) {
                treeNode(childAddress, names, level - 1);
            } else {
                symbols(childAddress, names);
            }
        }
    }

    /// `SNOD`, version, reserved byte, entries (2 bytes); an entry is name offset, header address, kind (4 bytes),
    /// reserved (4), scratch (16). Kind 2 is a soft link with the offset of its target in the scratch.
    private void symbols(long address, ByteBuffer names) {
        ByteBuffer head = bytes.read(address, 8);
        FileBytes.signature(head, "SNOD", address);
        FileBytes.version(head, 1, "a symbol table node");
        int entries = Short.toUnsignedInt(head.getShort(6));
        ByteBuffer body = bytes.read(address + 8, entries * (2L * bytes.offsetBytes() + 24));
        for (int entry = 0; entry < entries; entry++) {
            String name = heapText(names, bytes.address(body));
            long header = bytes.address(body);
            int kind = body.getInt();
            body.getInt();
            long target = Integer.toUnsignedLong(body.getInt());
            body.position(body.position() + 12);
            links.put(name, kind == 2 ? new Link.Soft(heapText(names, target)) : new Link.Hard(header));
        }
    }

    private static String heapText(ByteBuffer names, long offset) {
        if (offset < 0 || offset >= names.capacity()) {
            throw new Malformed("a name at %,d in a heap of %,d bytes".formatted(offset, names.capacity()));
        }
        int end = (int) offset;
        while (end < names.capacity() && names.get(end) != 0) {
            end++;
        }
        return TextBytes.decode(names.array(), names.arrayOffset() + (int) offset, end - (int) offset);
    }
}
