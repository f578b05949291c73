package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.BitTransposition;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Shuffle;

/// Filters that sort bytes or bits of values by their place in the value. Metadata: number of parts (4 bytes), size
/// of each (4); every part was shuffled on its own.
final class Shuffles {

    /// Bits are shuffled within blocks of so many bytes.
    private static final int BLOCK_BYTES = 8192;

    private Shuffles() {}

    static void bytes(Chunk chunk, Datatype type) {
        Shuffle shuffle = new Shuffle(type.bytes());
        each(chunk, (in, from, count, out, to) -> {
            if (to == 0) {
                shuffle.decode(in, from, count, out, count);
            } else {
                byte[] part = new byte[count];
                shuffle.decode(in, from, count, part, count);
                System.arraycopy(part, 0, out, to, count);
            }
        });
    }

    static void bits(Chunk chunk, Datatype type) {
        int width = type.bytes();
        each(chunk, (in, from, count, out, to) -> {
            if (count % width != 0 || count % Byte.SIZE != 0) {
                System.arraycopy(in, from, out, to, count);
                return;
            }
            for (int done = 0; done < count; done += BLOCK_BYTES) {
                int block = Math.min(BLOCK_BYTES, count - done);
                int elements = block / width / Byte.SIZE * Byte.SIZE;
                BitTransposition.undo(in, from + done, elements, width, out, to + done);
                int shuffled = elements * width;
                System.arraycopy(in, from + done + shuffled, out, to + done + shuffled, block - shuffled);
            }
        });
    }

    private interface Part {
        void undo(byte[] in, int from, int count, byte[] out, int to);
    }

    private static void each(Chunk chunk, Part part) {
        ByteReader metadata = chunk.metadata();
        int parts = metadata.count32(Integer.BYTES);
        ByteReader in = new ByteReader(chunk.data(), chunk.from(), chunk.count());
        byte[] out = chunk.dataRoom(chunk.count());
        int made = 0;
        for (int number = 0; number < parts; number++) {
            int count = metadata.int32();
            part.undo(in.array(), in.step(count), count, out, made);
            made += count;
        }
        if (in.remaining() != 0) {
            throw new Malformed("%,d shuffled bytes belong to no part".formatted(in.remaining()));
        }
        chunk.dataAre(out, made);
    }
}
