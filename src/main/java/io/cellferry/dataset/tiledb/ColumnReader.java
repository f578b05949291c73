package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import io.cellferry.dataset.tiledb.filter.FilterChain;
import io.cellferry.dataset.tiledb.filter.TextTile;
import io.cellferry.dataset.tiledb.filter.TileDecoder;
import org.jspecify.annotations.Nullable;

/// Reads tiles, one at a time, and checks them against what their writer recorded. Used by one thread.
///
/// Holds one stored and one decoded tile, some 2 MB with 100,000 cells of 8 bytes.
public final class ColumnReader implements AutoCloseable {

    private static final int VALID_CELL = 1;

    private final StoredFolder folder;
    private final TileDecoder decoder = new TileDecoder();
    private byte[] stored = new byte[0];
    private byte[] values = new byte[0];

    public ColumnReader(StoredFolder folder) {
        this.folder = folder;
    }

    /// The values of all cells of a tile, lent until the next call.
    public byte[] values(FragmentColumn column, int tile) {
        try {
            int cells = column.fragment().cells(tile);
            fixed(column.data(), column.filters(), column.cellBytes(), tile, cells);
            if (column.sums().isPresent()) {
                byte @Nullable [] validity = column.validity().isEmpty() ? null : validity(column, tile);
                TileSums.check(
                        column.type(), values, cells, validity, column.sums().get()[tile]);
            }
            return values;
        } catch (Malformed damaged) {
            throw refusal(column.data(), damaged, column, tile);
        }
    }

    /// One byte a cell of a nullable column, 0 where it holds nothing; for the caller to keep.
    public byte[] validity(FragmentColumn column, int tile) {
        TileFile file = column.validity().orElseThrow();
        try {
            int cells = column.fragment().cells(tile);
            byte[] decoded = values;
            values = new byte[cells];
            fixed(file, column.fragment().schema().validity(), VALID_CELL, tile, cells);
            byte[] validity = values;
            values = decoded;
            long missing = missing(validity);
            if (column.missing().isPresent() && missing != column.missing().get()[tile]) {
                throw new Malformed("%,d cells of a tile hold nothing, its writer recorded %,d"
                        .formatted(missing, column.missing().get()[tile]));
            }
            return validity;
        } catch (Malformed damaged) {
            throw refusal(file, damaged, column, tile);
        }
    }

    private static long missing(byte[] validity) {
        long missing = 0;
        for (byte there : validity) {
            if (there != 0 && there != 1) {
                throw new Malformed("a cell is %d, expected 0 for missing or 1".formatted(there));
            }
            missing += there == 0 ? 1 : 0;
        }
        return missing;
    }

    /// Cells of a nullable column that hold nothing. Reads the validity of all cells where the writer did not count.
    public long missingCells(FragmentColumn column) {
        if (column.validity().isEmpty()) {
            return 0;
        }
        long missing = 0;
        for (int tile = 0; tile < column.fragment().tiles(); tile++) {
            missing += column.missing().isPresent() ? column.missing().get()[tile] : missing(validity(column, tile));
        }
        return missing;
    }

    /// The texts of all cells of a tile, for the caller to keep.
    public TextTile texts(FragmentColumn column, int tile) {
        FragmentColumn.Texts texts = column.texts().orElseThrow();
        try {
            int cells = column.fragment().cells(tile);
            long size = texts.sizes()[tile];
            Sizes.check(size, TileDecoder.MOST_TILE_BYTES, "decoded");
            if (column.filters().packsTexts(column.type())) {
                int bytes = load(texts.file(), tile);
                return decoder.decodeTexts(column.filters(), stored, 0, bytes, cells);
            }
            fixed(column.data(), column.fragment().schema().offsets(), Long.BYTES, tile, cells);
            TileDecoder.requirePlausible(size, 1, texts.file().stored(tile));
            byte[] offsets = values;
            values = new byte[(int) size];
            decode(texts.file(), column.filters(), 1, tile, values.length);
            byte[] bytes = values;
            values = offsets;
            return new TextTile(offsets, cells, bytes, bytes.length);
        } catch (Malformed damaged) {
            throw refusal(texts.file(), damaged, column, tile);
        }
    }

    private void fixed(TileFile file, FilterChain chain, int cellBytes, int tile, int cells) {
        long bytes = (long) cells * cellBytes;
        Sizes.check(bytes, TileDecoder.MOST_TILE_BYTES, "decoded");
        if (values.length < bytes) {
            values = new byte[(int) bytes];
        }
        decode(file, chain, cellBytes, tile, (int) bytes);
    }

    private void decode(TileFile file, FilterChain chain, int cellBytes, int tile, int bytes) {
        int count = load(file, tile);
        decoder.decode(chain, cellBytes, stored, 0, count, values, bytes);
    }

    private int load(TileFile file, int tile) {
        int count = file.stored(tile);
        if (stored.length < count) {
            stored = new byte[count];
        }
        folder.read(file.name(), file.from(tile), stored, count);
        return count;
    }

    private RuntimeException refusal(TileFile file, Malformed damaged, FragmentColumn column, int tile) {
        return folder.refusal(
                file.name(),
                new Malformed(
                        "tile %,d of %,d: %s"
                                .formatted(tile + 1, column.fragment().tiles(), damaged.getMessage()),
                        damaged));
    }

    @Override
    public void close() {
        decoder.close();
    }
}
