package io.cellferry.image.ometiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/// Writes TIFF files byte by byte, sound or not: whatever numbers it is given.
///
/// One directory, at a chosen place, whose entries are arrays of 4-byte (classic) or 8-byte (big) numbers that lie
/// where the caller says, or in the entry itself when there is one number.
final class TiffBuilder {

    private final boolean big;
    private final Map<Integer, long[]> entries = new TreeMap<>();
    private final Map<Integer, Long> counts = new TreeMap<>();
    private long next;

    TiffBuilder(boolean big) {
        this.big = big;
    }

    /// A plane of grey values in tiles, without compression.
    static TiffBuilder tiled(boolean big, long width, long height, int bits, long tileWidth, long tileHeight) {
        return new TiffBuilder(big)
                .with(Tag.IMAGE_WIDTH, width)
                .with(Tag.IMAGE_LENGTH, height)
                .with(Tag.BITS_PER_SAMPLE, bits)
                .with(Tag.COMPRESSION, 1)
                .with(Tag.PHOTOMETRIC, 1)
                .with(Tag.TILE_WIDTH, tileWidth)
                .with(Tag.TILE_LENGTH, tileHeight);
    }

    TiffBuilder with(int tag, long... values) {
        entries.put(tag, values);
        return this;
    }

    /// Says that an entry has `count` values, however many are written.
    TiffBuilder claiming(int tag, long count) {
        counts.put(tag, count);
        return this;
    }

    TiffBuilder next(long offset) {
        next = offset;
        return this;
    }

    /// Writes header and directory, the latter at `directory`, longer values right behind it, into a file that is made
    /// if need be. Everything else in the file stays as it is, or a hole.
    Path write(Path file, long directory) throws IOException {
        int width = big ? 8 : 4;
        int entryBytes = big ? 20 : 12;
        long values = directory + (big ? 8 : 2) + (long) entries.size() * entryBytes + width;
        int valueBytes =
                entries.values().stream().mapToInt(each -> each.length * width).sum();
        ByteBuffer body = ByteBuffer.allocate((int) (values - directory)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer far = ByteBuffer.allocate(valueBytes).order(ByteOrder.LITTLE_ENDIAN);
        if (big) {
            body.putLong(entries.size());
        } else {
            body.putShort((short) entries.size());
        }
        entries.forEach((tag, numbers) -> {
            body.putShort((short) (int) tag).putShort((short) (big ? 16 : 4));
            number(body, counts.getOrDefault(tag, (long) numbers.length));
            number(body, numbers.length == 1 ? numbers[0] : values + far.position());
            if (numbers.length > 1) {
                for (long each : numbers) {
                    number(far, each);
                }
            }
        });
        number(body, next);
        ByteBuffer head = ByteBuffer.allocate(big ? 16 : 8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 0x4949).putShort((short) (big ? 43 : 42));
        if (big) {
            head.putShort((short) 8).putShort((short) 0);
        }
        number(head, directory);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            put(channel, head.flip(), 0);
            put(channel, body.flip(), directory);
            put(channel, far.flip(), values);
        }
        return file;
    }

    private void number(ByteBuffer into, long value) {
        if (big) {
            into.putLong(value);
        } else {
            into.putInt((int) value);
        }
    }

    /// Writes bytes at a place of a file, which grows if need be.
    static void put(Path file, byte[] bytes, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            put(channel, ByteBuffer.wrap(bytes), offset);
        }
    }

    private static void put(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
