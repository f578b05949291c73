package io.cellferry.omezarr;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.image.PixelRegion;
import io.cellferry.storage.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a unit leaves on scratch: the pixels that further levels are made of, in square pieces that each take the same
/// room, then the counts of its pixels.
final class SuperblockFile {

    private SuperblockFile() {}

    static int side(PyramidLayout layout) {
        return layout.chunk() / 2;
    }

    static int pieceBytes(PyramidLayout layout) {
        return side(layout) * side(layout) * layout.pixelBytes();
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
            }
        }
    }

    /// Adds the counts of `path`, which follow `pieces` pieces.
    static void addStatistics(Path path, long pieces, PyramidLayout layout, PixelStatistics into) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = pieces * pieceBytes(layout);
            ByteBuffer stored = ByteBuffer.allocate(Math.toIntExact(file.size() - from));
            readFully(file, path, stored, from);
            into.addStored(stored.flip());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Reads the rows of piece number `number` that `part` names, whole rows, into `into` from its start.
    static void readRows(Path path, PyramidLayout layout, long number, PixelRegion part, byte[] into) {
        int rowBytes = side(layout) * layout.pixelBytes();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer rows = ByteBuffer.wrap(into, 0, part.height() * rowBytes);
            readFully(file, path, rows, number * pieceBytes(layout) + part.y() * rowBytes);
        } catch (IOException e) {
            throw unreadable(path, e);
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
