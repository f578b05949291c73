package io.cellferry.storage;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads gzip files as [GzipMember] writes them, and nothing else: one member, the fixed header, both checksums
/// right, no byte behind it, and no more contents than the reader was ready for.
final class GzipReader {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
    private final CRC32 checksum = new CRC32();
    private long contentBytes;

    private GzipReader(Path file) {
        this.file = file;
    }

    /// Sends the contents to a sink and answers their size; refuses a file with more than `maxBytes` of them as soon as
    /// that is seen, so that a small file cannot fill the memory. What the sink got counts only if this returns.
    static long read(Path file, long maxBytes, ByteSink contents) {
        GzipReader reader = new GzipReader(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return reader.read(channel, maxBytes, contents);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: expected a readable gzip file, found: %s.".formatted(file, e),
                    "Check the disk and the permissions, then try again.",
                    e);
        }
    }

    private long read(FileChannel channel, long maxBytes, ByteSink contents) throws IOException {
        in.flip();
        header(channel);
        Inflater inflater = new Inflater(true);
        try {
            while (!inflater.finished()) {
                int produced = inflater.inflate(out.clear());
                contentBytes += produced;
                if (contentBytes > maxBytes) {
                    throw refused("expected at most %,d bytes of contents".formatted(maxBytes), "more");
                }
                checksum.update(out.flip());
                contents.write(out.rewind());
                if (produced == 0 && !inflater.finished()) {
                    feed(channel, inflater);
                }
            }
        } catch (DataFormatException e) {
            throw refused("expected a deflate stream", String.valueOf(e.getMessage()));
        } finally {
            inflater.end();
        }
        trailer(channel);
        return contentBytes;
    }

    private void feed(FileChannel channel, Inflater inflater) throws IOException {
        if (inflater.needsDictionary()) {
            throw refused("expected a deflate stream without a dictionary", "one with");
        }
        if (!in.hasRemaining()) {
            int got = channel.read(in.clear());
            in.flip();
            if (got < 0) {
                throw refused("expected a whole gzip member", "the end of the file inside it");
            }
        }
        inflater.setInput(in);
    }

    private void header(FileChannel channel) throws IOException {
        require(channel, GzipMember.HEADER_BYTES, "the header of a gzip file");
        byte[] found = new byte[GzipMember.HEADER_BYTES];
        in.get(found);
        byte[] expected = GzipMember.header(5);
        expected[8] = found[8] == 2 || found[8] == 4 ? found[8] : 0;
        if (!Arrays.equals(found, expected)) {
            throw refused(
                    "expected the gzip header 1f8b0800 00000000 xxff",
                    HexFormat.of().formatHex(found));
        }
    }

    private void trailer(FileChannel channel) throws IOException {
        require(channel, GzipMember.TRAILER_BYTES, "the checksum and size of the contents");
        int expectedChecksum = in.getInt();
        int expectedBytes = in.getInt();
        if (expectedChecksum != (int) checksum.getValue()) {
            throw refused("expected contents with CRC-32 %08x".formatted(expectedChecksum), "%08x".formatted((int)
                            checksum.getValue()));
        }
        if (expectedBytes != (int) contentBytes) {
            throw refused(
                    "expected %,d bytes of contents (modulo 2^32)".formatted(Integer.toUnsignedLong(expectedBytes)),
                    "%,d".formatted(contentBytes));
        }
        if (in.hasRemaining() || channel.read(in.clear()) >= 0) {
            throw refused("expected the end of the file behind one gzip member", "more bytes");
        }
    }

    /// Makes `count` bytes available in the buffer.
    private void require(FileChannel channel, int count, String what) throws IOException {
        in.compact();
        while (in.position() < count && channel.read(in) >= 0) {
            // Until there are enough or the file ends.
        }
        in.flip();
        if (in.remaining() < count) {
            throw refused("expected " + what, "the end of the file");
        }
    }

    private InputRefused refused(String expected, String found) {
        return new InputRefused(
                "%s: %s, found %s.".formatted(file, expected, found),
                "The file was damaged or written by other software. Restore it, or make the output again.");
    }
}
