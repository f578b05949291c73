package io.cellferry.dataset.tiledb;

import io.cellferry.dataset.tiledb.filter.ByteReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Changes what the small files of an experiment say: unpacks their tiles and writes them back without filters, so
/// that no checksum of a compressor shows the change.
public final class PlainTiles {

    private PlainTiles() {}

    /// A file that is one generic tile: a schema, an enumeration, metadata, members of a group.
    public static void change(Path file, UnaryOperator<byte[]> content) throws IOException {
        ByteReader tile = GenericTile.read(new FolderOnDisk(file, file), "");
        write(file, content.apply(tile.copy(tile.remaining())));
    }

    /// Such a file with other content.
    public static void write(Path file, byte[] content) throws IOException {
        int chunked = 8 + 12 + content.length;
        Files.write(
                file,
                little(42 + chunked)
                        .putInt(21) // version
                        .putLong(chunked) // stored
                        .putLong(content.length)
                        .put((byte) 6) // of bytes
                        .putLong(1)
                        .put((byte) 0) // not encrypted
                        .putInt(8) // a chain
                        .putInt(1 << 16)
                        .putInt(0) // of no filters
                        .putLong(1) // one chunk
                        .putInt(content.length)
                        .putInt(content.length)
                        .putInt(0)
                        .put(content)
                        .array());
    }

    /// The footer of a fragment, which is stored as it is.
    public static void changeFooter(Path metadata, UnaryOperator<byte[]> footer) throws IOException {
        byte[] bytes = Files.readAllBytes(metadata);
        int length = (int) over(bytes).getLong(bytes.length - 8);
        int start = bytes.length - 8 - length;
        byte[] changed = footer.apply(Arrays.copyOfRange(bytes, start, start + length));
        Files.write(
                metadata,
                little(start + changed.length + 8)
                        .put(bytes, 0, start)
                        .put(changed)
                        .putLong(changed.length)
                        .array());
    }

    /// Puts `other` in the place of the only piece of `bytes` that is `one`.
    public static byte[] replaced(byte[] bytes, byte[] one, byte[] other) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String piece = new String(one, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(piece);
        if (at < 0 || text.indexOf(piece, at + 1) >= 0) {
            throw new AssertionError("expected one piece to replace, found %s".formatted(at < 0 ? "none" : "several"));
        }
        return (text.substring(0, at)
                        + new String(other, StandardCharsets.ISO_8859_1)
                        + text.substring(at + piece.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Reads and writes `bytes`, lowest byte first.
    public static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Room for `bytes`, lowest byte first.
    public static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
