package io.cellferry.image.ometiff;

import io.cellferry.image.PixelType;
import java.util.Arrays;

/// Finds the pixel type from BitsPerSample and SampleFormat, which hold one number per sample or one for all.
final class SampleTypes {

    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;
    private static final int FLOATING = 3;
    /// "Undefined data", which libtiff and others treat as unsigned.
    private static final int VOID = 4;

    private SampleTypes() {}

    static PixelType read(Directory directory, int samples) {
        int bits = same("BitsPerSample", directory.numbers(Tag.BITS_PER_SAMPLE, samples), 1);
        int format = same("SampleFormat", directory.numbers(Tag.SAMPLE_FORMAT, samples), UNSIGNED);
        return switch (format) {
            case UNSIGNED, VOID ->
                switch (bits) {
                    case 8 -> PixelType.UINT8;
                    case 16 -> PixelType.UINT16;
                    case 32 -> PixelType.UINT32;
                    default -> throw unsupported("unsigned", bits);
                };
            case SIGNED ->
                switch (bits) {
                    case 8 -> PixelType.INT8;
                    case 16 -> PixelType.INT16;
                    case 32 -> PixelType.INT32;
                    default -> throw unsupported("signed", bits);
                };
            case FLOATING ->
                switch (bits) {
                    case 32 -> PixelType.FLOAT32;
                    case 64 -> PixelType.FLOAT64;
                    default -> throw unsupported("floating-point", bits);
                };
            default -> throw unsupported("complex or unknown (SampleFormat %d)".formatted(format), bits);
        };
    }

    private static int same(String name, long[] numbers, int otherwise) {
        if (numbers.length == 0) {
            return otherwise;
        }
        if (Arrays.stream(numbers).anyMatch(number -> number != numbers[0])) {
            throw new Unsupported(
                    "samples of different kinds in one pixel (%s %s), which is not read"
                            .formatted(name, Arrays.toString(numbers)),
                    "Write one file per channel.");
        }
        return (int) numbers[0];
    }

    private static Unsupported unsupported(String kind, int bits) {
        return new Unsupported(
                "%s samples of %d bits, which are not read".formatted(kind, bits),
                "Convert it to 8, 16 or 32 bits, or to 32-bit floating point.");
    }
}
