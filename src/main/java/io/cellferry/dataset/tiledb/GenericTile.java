package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.FilterChain;
import io.cellferry.dataset.tiledb.filter.TileDecoder;

/// A tile that says itself how to read it; everything small is stored so.
///
/// Layout: version (4 bytes), stored size (8), decoded size (8), type (1), size of a cell (8), kind of encryption
/// (1), size of the filter chain (4), the chain, the tile.
final class GenericTile {

    /// Chains of real files have some ten bytes.
    private static final int MOST_CHAIN_BYTES = 1 << 16;

    private GenericTile() {}

    /// The tile that `file` consists of, decoded.
    static ByteReader read(StoredFolder folder, String file) {
        byte[] bytes = folder.document(file);
        return read(folder, file, new ByteReader(bytes));
    }

    /// The tile at `in`, decoded; `in` is left behind it.
    static ByteReader read(StoredFolder folder, String file, ByteReader in) {
        try (TileDecoder decoder = new TileDecoder()) {
            int version = in.int32();
            long stored = in.int64();
            long size = in.int64();
            Datatype type = Datatype.of(in.unsignedByte());
            long cellBytes = in.int64();
            if (in.unsignedByte() != 0) {
                throw new Malformed("it is encrypted");
            }
            int chainBytes = in.int32();
            if (chainBytes < 0 || chainBytes > MOST_CHAIN_BYTES) {
                throw new Malformed("its filters are said to take %,d bytes".formatted(chainBytes));
            }
            FilterChain chain = FilterChain.read(new ByteReader(in.copy(chainBytes)), version, type);
            Sizes.check(size, TileDecoder.MOST_TILE_BYTES, "decoded");
            Sizes.check(stored, in.remaining(), "stored");
            if (cellBytes < 0 || cellBytes > Short.MAX_VALUE) {
                throw new Malformed("its cells are said to have %,d bytes each".formatted(cellBytes));
            }
            TileDecoder.requirePlausible(size, 1, stored);
            byte[] decoded = new byte[(int) size];
            byte[] packed = in.copy((int) stored);
            decoder.decode(chain, (int) cellBytes, packed, 0, packed.length, decoded, decoded.length);
            return new ByteReader(decoded);
        } catch (Malformed damaged) {
            throw folder.refusal(file, damaged);
        }
    }
}
