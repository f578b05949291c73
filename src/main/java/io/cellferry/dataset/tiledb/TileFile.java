package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import io.cellferry.dataset.tiledb.filter.TileDecoder;

/// One data file of a fragment: where each of its tiles starts. 8 bytes a tile, held as long as the column.
record TileFile(String name, long bytes, long[] starts) {

    TileFile {
        long previous = 0;
        for (long start : starts) {
            if (start < previous || start > bytes) {
                throw new Malformed("a tile of %s starts at %,d of %,d bytes".formatted(name, start, bytes));
            }
            previous = start;
        }
    }

    long from(int tile) {
        return starts[tile];
    }

    /// Stored bytes of a tile.
    int stored(int tile) {
        long end = tile + 1 < starts.length ? starts[tile + 1] : bytes;
        Sizes.check(end - starts[tile], TileDecoder.MOST_TILE_BYTES, "stored");
        return (int) (end - starts[tile]);
    }
}
