package io.cellferry.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes pixels as PNG: signature, then the chunks IHDR, PLTE and tRNS where there is a palette, one IDAT, IEND. Each
/// chunk is its length, four letters, data and a CRC-32, numbers with the highest byte first.
///
/// The JDK could do this too, at the price of loading its desktop module.
public final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int TRUE_COLOUR = 2;
    private static final int PALETTE = 3;

    /// Each row begins with the filter that was used on it; `UP` stores differences to the row above.
    private static final byte NO_FILTER = 0;
    private static final byte UP = 2;

    private Png() {}

    /// One byte a pixel, an index into `palette` of at most 256 colours `0xaarrggbb`.
    public static byte[] indexed(int width, int height, byte[] pixels, int[] palette) {
        byte[] colours = new byte[3 * palette.length];
        byte[] opacities = new byte[palette.length];
        for (int i = 0; i < palette.length; i++) {
            opacities[i] = (byte) (palette[i] >>> 24);
            colours[3 * i] = (byte) (palette[i] >>> 16);
            colours[3 * i + 1] = (byte) (palette[i] >>> 8);
            colours[3 * i + 2] = (byte) palette[i];
        }
        byte[] rows = new byte[height * (width + 1)];
        for (int row = 0; row < height; row++) {
            rows[row * (width + 1)] = NO_FILTER;
            System.arraycopy(pixels, row * width, rows, row * (width + 1) + 1, width);
        }
        var file = new ByteArrayOutputStream();
        begin(file, width, height, PALETTE);
        chunk(file, "PLTE", colours);
        chunk(file, "tRNS", opacities);
        return end(file, rows);
    }

    /// Three bytes a pixel: red, green, blue.
    public static byte[] colours(int width, int height, byte[] pixels) {
        int wide = 3 * width;
        byte[] rows = new byte[height * (wide + 1)];
        for (int row = 0; row < height; row++) {
            int to = row * (wide + 1);
            rows[to] = UP;
            for (int at = 0; at < wide; at++) {
                int above = row == 0 ? 0 : pixels[(row - 1) * wide + at];
                rows[to + 1 + at] = (byte) (pixels[row * wide + at] - above);
            }
        }
        var file = new ByteArrayOutputStream();
        begin(file, width, height, TRUE_COLOUR);
        return end(file, rows);
    }

    private static void begin(ByteArrayOutputStream file, int width, int height, int colourType) {
        file.writeBytes(SIGNATURE);
        byte[] header = new byte[13];
        number(header, 0, width);
        number(header, 4, height);
        header[8] = 8; // bits of a sample; the last three stay 0: deflate, the usual filters, not interlaced
        header[9] = (byte) colourType;
        chunk(file, "IHDR", header);
    }

    private static byte[] end(ByteArrayOutputStream file, byte[] rows) {
        chunk(file, "IDAT", deflated(rows));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var all = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                all.write(buffer, 0, deflater.deflate(buffer));
            }
            return all.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream file, String name, byte[] data) {
        byte[] four = new byte[Integer.BYTES];
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(letters);
        checksum.update(data);
        number(four, 0, data.length);
        file.writeBytes(four);
        file.writeBytes(letters);
        file.writeBytes(data);
        number(four, 0, (int) checksum.getValue());
        file.writeBytes(four);
    }

    private static void number(byte[] into, int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            into[at + i] = (byte) (value >>> 8 * (3 - i));
        }
    }
}
