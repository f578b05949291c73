package io.cellferry.image.ometiff;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.ZlibDecoder;
import io.cellferry.codec.ZstdDecoder;
import java.nio.ByteOrder;

/// Fetches and decodes single blocks of one plane. Used by one thread; owns the buffer of stored bytes and the decoder.
final class BlockReader implements AutoCloseable {

    /// Writes of whole longs may go beyond a block's end by this much.
    static final int SLACK_BYTES = 8;

    /// Incompressible data grow a little, and pictures carry headers; what is stored in more is damaged.
    private static final long MOST_HEADER_BYTES = 1 << 20;

    /// Four tables of quantities and eight of codes take less than 2 KiB.
    private static final int MOST_JPEG_TABLE_BYTES = 1 << 16;

    private final TiffBytes bytes;
    private final PlaneLayout layout;
    private final BlockTable table;
    private final Decoder decoder;
    private final Unprediction unprediction;
    private byte[] stored = new byte[0];

    BlockReader(TiffBytes bytes, PlaneLayout layout, BlockTable table) {
        this.bytes = bytes;
        this.layout = layout;
        this.table = table;
        this.unprediction = new Unprediction(
                layout.samplesTogether(), layout.type().bytes(), layout.rowBytes(), layout.predictor());
        this.decoder = switch (layout.compression()) {
            case NONE, PACK_BITS -> new PackBitsDecoder();
            case LZW -> new LzwDecoder();
            case DEFLATE -> new ZlibDecoder();
            case ZSTD -> new ZstdDecoder();
            case JPEG ->
                new JpegDecoder(jpegTables(bytes, layout), layout.blocks().blockWidth());
            case JPEG_2000 ->
                new WaveletDecoder(layout.blocks().blockWidth(), layout.type().bytes());
        };
    }

    private static byte[] jpegTables(TiffBytes bytes, PlaneLayout layout) {
        return layout.jpegTables()
                .map(entry -> Directory.bytes(bytes, layout.order(), Tag.JPEG_TABLES, entry, MOST_JPEG_TABLE_BYTES))
                .orElse(new byte[0]);
    }

    /// The longest stored block that is believed.
    static long mostStoredBytes(PlaneLayout layout) {
        return 2L * layout.blockBytes() + MOST_HEADER_BYTES;
    }

    /// Decodes a block into `into`, which has room for a whole one and [#SLACK_BYTES] more; false if the file does not
    /// store it.
    boolean read(int block, byte[] into) {
        if (!table.isStored(block)) {
            return false;
        }
        long offset = table.offset(block);
        long count = table.storedBytes(block);
        if (offset < TiffHeader.BYTES) {
            throw new Malformed("the header of the file is there");
        }
        int needed = layout.rowsIn(block) * layout.rowBytes();
        if (layout.compression() == Compression.NONE) {
            if (count < needed) {
                throw new Malformed("%,d bytes were expected, %,d are stored".formatted(needed, count));
            }
            bytes.read(offset, into, needed);
        } else {
            decode(offset, count, into, needed);
        }
        if (layout.order() == ByteOrder.BIG_ENDIAN
                && layout.predictor() != Predictor.FLOATING_POINT
                && layout.compression() != Compression.JPEG_2000) {
            ByteSwap.swap(into, needed, layout.type().bytes());
        }
        undoPrediction(into, needed);
        return true;
    }

    private void decode(long offset, long count, byte[] into, int needed) {
        bytes.check(offset, count);
        if (count > mostStoredBytes(layout)) {
            throw new Malformed("%,d stored bytes are far too many for %,d decoded ones".formatted(count, needed));
        }
        if (count * layout.compression().mostRatio() < needed) {
            throw new Malformed("%,d stored bytes of %s cannot become the %,d bytes expected"
                    .formatted(count, layout.compression().words(), needed));
        }
        if (stored.length < count) {
            stored = new byte[table.mostStoredBytes(mostStoredBytes(layout))];
        }
        bytes.read(offset, stored, (int) count);
        int made = decoder.decode(stored, 0, (int) count, into, layout.blockBytes());
        if (made < needed) {
            throw new Malformed("%,d bytes were expected, the %s data hold %,d"
                    .formatted(needed, layout.compression().words(), made));
        }
    }

    private void undoPrediction(byte[] pixels, int count) {
        int rowBytes = layout.rowBytes();
        switch (layout.predictor()) {
            case NONE -> {}
            case DIFFERENCES -> {
                for (int row = 0; row < count; row += rowBytes) {
                    unprediction.sum(pixels, row, rowBytes);
                }
            }
            case FLOATING_POINT -> {
                for (int row = 0; row < count; row += rowBytes) {
                    unprediction.assemble(pixels, row, rowBytes);
                }
            }
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
