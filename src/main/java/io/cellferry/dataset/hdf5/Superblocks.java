package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.bytes.WholeReadChannel;
import io.cellferry.failure.InputRefused;
import io.jhdf.Superblock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// Finds the superblock and says what a file is that has none.
final class Superblocks {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private Superblocks() {}

    static OpenFile open(Path path, WholeReadChannel channel) {
        long at = find(channel);
        if (at < 0) {
            throw new InputRefused(
                    "%s: an HDF5 file was expected, %s.".formatted(path, guess(channel)),
                    "Give the .h5ad or .h5 file itself; unpack it first if it is compressed.");
        }
        Superblock superblock = Superblock.readSuperblock(channel, at);
        if (superblock.getBaseAddressByte() != at) {
            throw new Malformed("the superblock lies at byte %,d but says it lies at %,d"
                    .formatted(at, superblock.getBaseAddressByte()));
        }
        // In sound files the end counts the user block and equals the size; longer files carry a harmless tail.
        long end = superblock.getEndOfFileAddress();
        if (end > channel.size()) {
            throw new InputRefused(
                    "%s: the file should have %,d bytes but has only %,d; it is cut off."
                            .formatted(path, end, channel.size()),
                    "Copy it again and compare its size with the original.");
        }
        FileBytes bytes = new FileBytes(channel, at, superblock.getSizeOfOffsets(), superblock.getSizeOfLengths());
        return new OpenFile(path, bytes, superblock);
    }

    /// At byte 0, 512, 1,024, 2,048 and so on; -1 when there is none.
    private static long find(WholeReadChannel channel) {
        for (long at = 0; at + SIGNATURE.length <= channel.size(); at = at == 0 ? 512 : 2 * at) {
            if (Arrays.equals(read(channel, at, SIGNATURE.length), SIGNATURE)) {
                return at;
            }
        }
        return -1;
    }

    private static String guess(WholeReadChannel channel) {
        byte[] head = read(channel, 0, (int) Math.min(512, channel.size()));
        if (head.length == 0) {
            return "this file is empty";
        }
        if (startsWith(head, 0x1f, 0x8b)) {
            return "this is gzip-compressed";
        }
        if (startsWith(head, 'P', 'K', 3, 4)) {
            return "this is a zip archive (a zipped Zarr store?)";
        }
        if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "this is zstd-compressed";
        }
        if (startsWith(head, 'B', 'Z', 'h')) {
            return "this is bzip2-compressed";
        }
        for (byte letter : head) {
            if (letter < ' ' && letter != '\n' && letter != '\r' && letter != '\t') {
                return "this begins with %s and has no HDF5 signature".formatted(inHex(head));
            }
        }
        String line =
                new String(head, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
        return "this looks like text beginning '%s'".formatted(line.substring(0, Math.min(40, line.length())));
    }

    private static String inHex(byte[] head) {
        return java.util.HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(8, head.length));
    }

    private static boolean startsWith(byte[] head, int... letters) {
        for (int index = 0; index < letters.length; index++) {
            if (index >= head.length || head[index] != (byte) letters[index]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] read(WholeReadChannel channel, long at, int count) {
        byte[] bytes = new byte[count];
        try {
            channel.read(ByteBuffer.wrap(bytes), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }
}
