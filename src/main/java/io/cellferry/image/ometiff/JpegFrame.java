package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import java.util.Arrays;

/// What the markers of a JPEG stream say before its data begin.
final class JpegFrame {

    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;

    private JpegFrame() {}

    /// The height of the picture in `in[from, from + count)`, which must have 8-bit grey values, `width` columns and at
    /// most `mostRows` rows.
    static int height(byte[] in, int from, int count, int width, int mostRows) {
        int end = from + count;
        if (count < 4 || (in[from] & 255) != 0xFF || (in[from + 1] & 255) != START) {
            throw new Malformed("JPEG data do not begin with FF D8");
        }
        int at = from + 2;
        while (at <= end - 4) {
            if ((in[at] & 255) != 0xFF) {
                throw new Malformed("JPEG data hold byte %02X where a marker should be".formatted(in[at] & 255));
            }
            int marker = in[at + 1] & 255;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == SCAN || marker == END) {
                break;
            }
            int length = number(in, at + 2);
            if (length < 2 || length > end - at - 2) {
                throw new Malformed("JPEG data end within marker %02X".formatted(marker));
            }
            if (isFrame(marker)) {
                return frameHeight(in, at + 4, length - 2, width, mostRows);
            }
            at += 2 + length;
        }
        throw new Malformed("JPEG data do not say how large their picture is");
    }

    private static int frameHeight(byte[] in, int at, int length, int width, int mostRows) {
        if (length < 6) {
            throw new Malformed("JPEG data have a frame header of %d bytes".formatted(length));
        }
        int precision = in[at] & 255;
        int rows = number(in, at + 1);
        int columns = number(in, at + 3);
        int components = in[at + 5] & 255;
        if (precision != 8 || components != 1 || columns != width || rows < 1 || rows > mostRows) {
            throw new Malformed(
                    "JPEG data hold %d x %d pixels of %d samples of %d bits; %d x %d of 1 of 8 were expected"
                            .formatted(columns, rows, components, precision, width, mostRows));
        }
        return rows;
    }

    /// Start of frame markers are C0 to CF, without the ones for tables (C4, CC) and C8.
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int number(byte[] in, int at) {
        return (in[at] & 255) << 8 | in[at + 1] & 255;
    }

    /// The tables without their end marker, then the picture without its start marker; the picture alone without
    /// tables.
    static byte[] joined(byte[] tables, byte[] in, int from, int count) {
        if (tables.length == 0) {
            return Arrays.copyOfRange(in, from, from + count);
        }
        int kept = tables.length;
        if (kept < 4 || (tables[0] & 255) != 0xFF || (tables[1] & 255) != START) {
            throw new Malformed("the JPEG tables of the directory do not begin with FF D8");
        }
        if ((tables[kept - 2] & 255) == 0xFF && (tables[kept - 1] & 255) == END) {
            kept -= 2;
        }
        byte[] joined = Arrays.copyOf(tables, kept + count - 2);
        System.arraycopy(in, from + 2, joined, kept, count - 2);
        return joined;
    }
}
