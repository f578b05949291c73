package io.cellferry.omezarr;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// What a unit leaves on scratch: the pixels that further levels are made of, in square pieces that each take the same
/// room, then the counts of its pixels.
///
/// Behind each piece, and behind the counts, stands the CRC32C of it (int32, lowest byte first): what a disk got wrong
/// would else be seen in the smaller levels and the windows of a finished image.
final class SuperblockFile {

    static final int CHECKSUM_BYTES = Integer.BYTES;

    private SuperblockFile() {}

    static int side(PyramidLayout layout) {
        return layout.chunk() / 2;
    }

    static int pieceBytes(PyramidLayout layout) {
        return side(layout) * side(layout) * layout.pixelBytes();
    }

    /// With the checksum.
    static int storedBytes(PyramidLayout layout) {
        return pieceBytes(layout) + CHECKSUM_BYTES;
    }

    /// Pieces beside each other, for `width` pixels of the level that is left.
    static int pieces(PyramidLayout layout, int extent) {
        return Math.ceilDiv(extent, side(layout));
    }

    /// Writes the `width` x `height` pixels of `from` as pieces; `piece` is room for one.
    static void write(
            StagedFile file, PyramidLayout layout, byte[] from, int rowBytes, int width, int height, byte[] piece) {
        int side = side(layout);
        int bytes = layout.pixelBytes();
        for (int top = 0; top < height; top += side) {
            for (int left = 0; left < width; left += side) {
                PixelCopies.padded(
                        from,
                        top * rowBytes + left * bytes,
                        rowBytes,
                        Math.min(side, width - left) * bytes,
                        Math.min(side, height - top),
                        piece,
                        side * bytes,
                        side);
                file.write(piece, 0, pieceBytes(layout));
                file.write(checksum(piece, pieceBytes(layout)));
            }
        }
    }

    static void write(StagedFile file, PixelStatistics statistics) {
        byte[] counts = statistics.toBytes();
        file.write(counts);
        file.write(checksum(counts, counts.length));
    }

    private static byte[] checksum(byte[] bytes, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, count);
        return ByteBuffer.allocate(CHECKSUM_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .array();
    }

    /// Adds the counts of `path`, which follow `pieces` pieces.
    static void addStatistics(Path path, long pieces, PyramidLayout layout, PixelStatistics into) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = pieces * storedBytes(layout);
            byte[] stored = new byte[Math.toIntExact(Math.max(CHECKSUM_BYTES, file.size() - from))];
            readChecked(file, path, stored, stored.length, from);
            into.addStored(ByteBuffer.wrap(stored, 0, stored.length - CHECKSUM_BYTES));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Reads piece number `number` into `into`, which has room for [#storedBytes].
    static void readPiece(Path path, PyramidLayout layout, long number, byte[] into) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            readChecked(file, path, into, storedBytes(layout), number * storedBytes(layout));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Reads `count` bytes, of which the last are the checksum of the others.
    private static void readChecked(FileChannel file, Path path, byte[] into, int count, long from) throws IOException {
        readFully(file, path, ByteBuffer.wrap(into, 0, count), from);
        int checked = count - CHECKSUM_BYTES;
        if (!Arrays.equals(checksum(into, checked), 0, CHECKSUM_BYTES, into, checked, count)) {
            throw new StorageFailed(
                    "%s: pixels of an earlier step are damaged: the checksum of %,d bytes from %,d on does not fit."
                            .formatted(path, checked, from),
                    "Delete this file and run the same command again, which makes it again; if it happens twice, check"
                            + " the disk.");
        }
    }

    private static void readFully(FileChannel file, Path path, ByteBuffer into, long from) throws IOException {
        long position = from;
        while (into.hasRemaining()) {
            int got = file.read(into, position);
            if (got < 0) {
                throw new IOException("%s ends after %,d bytes".formatted(path.getFileName(), position));
            }
            position += got;
        }
    }

    private static StorageFailed unreadable(Path path, IOException cause) {
        return new StorageFailed(
                "%s: pixels of an earlier step cannot be read: %s".formatted(path, IoWords.of(cause)),
                "Look after the disk, then run the same command again; what is lost is made again.",
                cause);
    }
}
