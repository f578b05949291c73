package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import java.util.Arrays;

/// The texts of one tile: where each starts, and all bytes one after the other. Bounded by a tile.
public final class TextTile {

    private final int[] starts;
    private byte[] bytes = new byte[256];
    private int texts;

    TextTile(int texts) {
        this.starts = new int[texts + 1];
    }

    /// Of offsets as stored, 8 bytes each, and `size` bytes of text.
    public TextTile(byte[] offsets, int texts, byte[] bytes, int size) {
        this.starts = new int[texts + 1];
        this.bytes = bytes;
        this.texts = texts;
        starts[texts] = size;
        for (int i = texts - 1; i >= 0; i--) {
            long start = ByteReader.int64(offsets, i * Long.BYTES);
            if (start < 0 || start > starts[i + 1]) {
                throw new Malformed(
                        "text %,d of a tile starts at %,d, behind the next at %,d".formatted(i, start, starts[i + 1]));
            }
            starts[i] = (int) start;
        }
        if (texts > 0 && starts[0] != 0) {
            throw new Malformed("the first text of a tile starts at %,d, expected 0".formatted(starts[0]));
        }
    }

    void add(byte[] from, int at, int count) {
        if (texts == starts.length - 1) {
            throw new Malformed("a tile holds more than its %,d texts".formatted(texts));
        }
        long needed = (long) bytes() + count;
        Sizes.check(needed, TileDecoder.MOST_TILE_BYTES, "decoded");
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(TileDecoder.MOST_TILE_BYTES, 2 * needed));
        }
        System.arraycopy(from, at, bytes, bytes(), count);
        starts[texts + 1] = (int) needed;
        texts++;
    }

    int texts() {
        return texts;
    }

    int bytes() {
        return starts[texts];
    }

    public String text(int index) {
        return ByteReader.utf8(bytes, starts[index], starts[index + 1] - starts[index]);
    }
}
