package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.Checksums;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The messages of one object header, not yet looked into: one that nobody can read must not hide the others.
///
/// Version 1: version, reserved byte, messages (2 bytes), references (4), size (4), padding (4), then messages of type
/// (2), size (2), flags, 3 reserved bytes, body. Version 2: `OHDR`, version, flags, optional times and limits, size,
/// then messages of type, size (2), flags, optional creation order (2), body; a checksum ends each block. Both go on in
/// blocks that continuation messages name; version 2 writes `OCHK` before those.
record ObjectHeader(long address, List<Message> messages) {

    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int OLD_FILL_VALUE = 0x04;
    static final int FILL_VALUE = 0x05;
    static final int LINK = 0x06;
    static final int EXTERNAL_FILES = 0x07;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0B;
    static final int ATTRIBUTE = 0x0C;
    static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;

    private static final int SHARED = 2;
    private static final int MOST_BLOCKS = 65_536;

    ObjectHeader {
        messages = List.copyOf(messages);
    }

    /// `body` is little-endian and never advanced; take [#read()] to parse it.
    record Message(int kind, int flags, ByteBuffer body) {

        ByteBuffer read() {
            return body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        }

        boolean isShared() {
            return (flags & SHARED) != 0;
        }
    }

    boolean has(int kind) {
        return first(kind).isPresent();
    }

    Optional<Message> first(int kind) {
        return messages.stream().filter(message -> message.kind() == kind).findFirst();
    }

    static ObjectHeader read(FileBytes bytes, long address) {
        int version = bytes.read(address, 1).get();
        return version == 1 ? readOld(bytes, address) : readNew(bytes, address);
    }

    private record Block(long address, long size) {}

    private static ObjectHeader readOld(FileBytes bytes, long address) {
        ByteBuffer head = bytes.read(address, 16);
        int expected = Short.toUnsignedInt(head.getShort(2));
        long size = Integer.toUnsignedLong(head.getInt(8));
        List<Message> messages = new ArrayList<>();
        Deque<Block> blocks = new ArrayDeque<>();
        blocks.add(new Block(address + 16, size));
        int read = 0;
        for (int number = 0; !blocks.isEmpty() && read < expected; number++) {
            checkBlocks(number, address);
            Block block = blocks.remove();
            ByteBuffer body = bytes.read(block.address(), block.size());
            while (body.remaining() >= 8 && read < expected) {
                int kind = Short.toUnsignedInt(body.getShort());
                int count = Short.toUnsignedInt(body.getShort());
                int flags = Byte.toUnsignedInt(body.get());
                body.position(body.position() + 3);
                add(bytes, new Message(kind, flags, take(body, count, address)), messages, blocks);
                read++;
            }
        }
        return new ObjectHeader(address, messages);
    }

    private static ObjectHeader readNew(FileBytes bytes, long address) {
        ByteBuffer prefix = bytes.read(address, 6);
        FileBytes.signature(prefix, "OHDR", address);
        FileBytes.version(prefix, 2, "an object header");
        int flags = Byte.toUnsignedInt(prefix.get());
        int sizeWidth = 1 << (flags & 3);
        int headBytes = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0) + sizeWidth;
        ByteBuffer head = bytes.read(address, headBytes);
        head.position(headBytes - sizeWidth);
        long size = FileBytes.number(head, sizeWidth);
        bytes.check(address, size);
        int messageHead = (flags & 4) != 0 ? 6 : 4;
        List<Message> messages = new ArrayList<>();
        Deque<Block> blocks = new ArrayDeque<>();
        block(bytes, address, headBytes, headBytes + size + 4, messageHead, messages, blocks);
        for (int number = 0; !blocks.isEmpty(); number++) {
            checkBlocks(number, address);
            Block block = blocks.remove();
            FileBytes.signature(bytes.read(block.address(), 4), "OCHK", block.address());
            block(bytes, block.address(), 4, block.size(), messageHead, messages, blocks);
        }
        return new ObjectHeader(address, messages);
    }

    private static void block(
            FileBytes bytes,
            long address,
            int headBytes,
            long size,
            int messageHead,
            List<Message> messages,
            Deque<Block> blocks) {
        ByteBuffer body = bytes.read(address, size);
        Checksums.check(body, (int) size, "an object header", address);
        body.position(headBytes).limit((int) size - 4);
        // What is too short for a message before the checksum is a gap.
        while (body.remaining() >= messageHead) {
            int kind = Byte.toUnsignedInt(body.get());
            int count = Short.toUnsignedInt(body.getShort());
            int flags = Byte.toUnsignedInt(body.get());
            body.position(body.position() + messageHead - 4);
            add(bytes, new Message(kind, flags, take(body, count, address)), messages, blocks);
        }
    }

    private static void add(FileBytes bytes, Message message, List<Message> messages, Deque<Block> blocks) {
        if (message.kind() == CONTINUATION) {
            ByteBuffer body = message.read();
            blocks.add(new Block(bytes.address(body), bytes.length(body)));
        } else {
            messages.add(message);
        }
    }

    private static ByteBuffer take(ByteBuffer body, int count, long address) {
        if (count > body.remaining()) {
            throw new Malformed("a message of %,d bytes beyond the end of the object header at address %,d"
                    .formatted(count, address));
        }
        ByteBuffer taken = body.slice(body.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        body.position(body.position() + count);
        return taken;
    }

    private static void checkBlocks(int number, long address) {
        if (number > MOST_BLOCKS) {
            throw new Malformed("the object header at address %,d runs in a circle".formatted(address));
        }
    }
}
