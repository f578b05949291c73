package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;

/// Filters that cut their data into windows of some hundred bytes and describe each window in the metadata.
final class Windows {

    private Windows() {}

    /// Metadata: size of all windows together (4 bytes), number of windows (4); for each the number that was
    /// subtracted (one value), bits kept of each value (1), size before (4). A window that could not shrink is
    /// stored as it was.
    static void widen(Chunk chunk, Datatype type) {
        int width = type.bytes();
        boolean unsigned = type.isUnsigned();
        ByteReader metadata = chunk.metadata();
        int size = metadata.int32();
        Sizes.check(size, TileDecoder.MOST_TILE_BYTES, "decoded");
        int windows = metadata.count32(width + 5);
        ByteReader in = new ByteReader(chunk.data(), chunk.from(), chunk.count());
        byte[] out = chunk.dataRoom(size);
        int made = 0;
        for (int window = 0; window < windows; window++) {
            long offset = Integers.get(metadata.array(), metadata.step(width), width, unsigned);
            int bits = metadata.unsignedByte();
            int bytes = metadata.int32();
            Sizes.check(bytes, size - made, "decoded");
            if (bits >= width * Byte.SIZE || bytes % width != 0) {
                System.arraycopy(in.array(), in.step(bytes), out, made, bytes);
                made += bytes;
                continue;
            }
            if (bits != 8 && bits != 16 && bits != 32) {
                throw new Malformed("a window keeps %d bits of each value, expected 8, 16 or 32".formatted(bits));
            }
            int narrow = bits / Byte.SIZE;
            for (int end = made + bytes; made < end; made += width) {
                long kept = Integers.get(in.array(), in.step(narrow), narrow, unsigned);
                Integers.put(out, made, width, kept + offset);
            }
        }
        finish(chunk, in, out, made);
    }

    /// Metadata: number of windows (4 bytes); for each its first value and its size (4). Every value is stored as
    /// the difference to the one before it.
    static void addUp(Chunk chunk, Datatype type) {
        int width = type.bytes();
        ByteReader metadata = chunk.metadata();
        int windows = metadata.count32(width + 4);
        ByteReader in = new ByteReader(chunk.data(), chunk.from(), chunk.count());
        byte[] out = chunk.dataRoom(chunk.count());
        int made = 0;
        for (int window = 0; window < windows; window++) {
            long value = Integers.get(metadata.array(), metadata.step(width), width, true);
            int bytes = metadata.int32();
            Sizes.check(bytes, chunk.count() - made, "decoded");
            if (bytes % width != 0) {
                System.arraycopy(in.array(), in.step(bytes), out, made, bytes);
                made += bytes;
                continue;
            }
            for (int end = made + bytes; made < end; made += width) {
                value += Integers.get(in.array(), in.step(width), width, true);
                Integers.put(out, made, width, value);
            }
        }
        finish(chunk, in, out, made);
    }

    private static void finish(Chunk chunk, ByteReader in, byte[] out, int made) {
        if (in.remaining() != 0) {
            throw new Malformed("%,d bytes belong to no window".formatted(in.remaining()));
        }
        chunk.dataAre(out, made);
    }
}
