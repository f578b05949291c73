package io.cellferry.image.ometiff;

/// How tiles and strips are compressed.
///
/// `mostRatio` is how many bytes one stored byte can become at most, where the method has such a limit: a damaged
/// size beyond it is seen before memory is asked for. `workingBytes` is what the decoder needs per decoded byte
/// besides input and output; of JPEG 2000, whose library allocates as it likes, a generous estimate.
enum Compression {
    NONE("none", 1, 0, false),
    /// A string of 12-bit codes can be 4,096 long.
    LZW("LZW", 4096, 0, true),
    /// 258 bytes by two codes of one bit.
    DEFLATE("deflate", 1040, 0, true),
    /// 128 KiB by a block of four bytes, or by three and a little in long runs.
    ZSTD("zstd", 1 << 17, 0, true),
    PACK_BITS("PackBits", 64, 0, false),
    /// The library makes a raster of its own; a run of empty blocks has no useful limit.
    JPEG("JPEG", Integer.MAX_VALUE, 3, false),
    /// The library keeps coefficients and samples as int.
    JPEG_2000("JPEG 2000", Integer.MAX_VALUE, 24, false);

    private static final String REMEDY = "Write it again with zstd, deflate or LZW, for instance with tiffcp -c lzw or"
            + " bfconvert -compression zlib.";

    private final String words;
    private final int mostRatio;
    private final int workingBytes;
    private final boolean takesPredictor;

    Compression(String words, int mostRatio, int workingBytes, boolean takesPredictor) {
        this.words = words;
        this.mostRatio = mostRatio;
        this.workingBytes = workingBytes;
        this.takesPredictor = takesPredictor;
    }

    /// By the number in a directory. What is known but not read is refused by name.
    static Compression of(long number) {
        return switch ((int) Math.min(number, Integer.MAX_VALUE)) {
            case 1 -> NONE;
            case 5 -> LZW;
            case 7 -> JPEG;
            case 8, 32946 -> DEFLATE;
            case 32773 -> PACK_BITS;
            case 33003, 33005, 34712 -> JPEG_2000;
            case 50000 -> ZSTD;
            case 2, 3, 4 -> throw unsupported("CCITT fax", number);
            case 6 -> throw unsupported("old-style JPEG", number);
            case 34887 -> throw unsupported("LERC", number);
            case 34925 -> throw unsupported("LZMA", number);
            case 34933 -> throw unsupported("PNG", number);
            case 34934, 22610 -> throw unsupported("JPEG XR", number);
            case 50001 -> throw unsupported("WebP", number);
            case 50002, 52546 -> throw unsupported("JPEG XL", number);
            default -> throw unsupported("an unknown method", number);
        };
    }

    private static Unsupported unsupported(String name, long number) {
        return new Unsupported("compressed with %s (number %d), which is not read".formatted(name, number), REMEDY);
    }

    String words() {
        return words;
    }

    int mostRatio() {
        return mostRatio;
    }

    int workingBytes() {
        return workingBytes;
    }

    /// Whether a predictor may have come before it.
    boolean takesPredictor() {
        return takesPredictor;
    }
}
