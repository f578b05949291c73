package io.cellferry.dataset.hdf5.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.cellferry.codec.Malformed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/// Filters that h5py cannot write here undo containers built by hand from their descriptions; the others are held to
/// foreign files by Hdf5CorpusTest. Damaged input of any kind is Malformed or decodes within its bounds.
class CodecTest {

    private static final int CHUNK = 4_000;

    /// A thousand slowly growing integers: compressible, and no two bytes of a permutation look alike.
    private static byte[] chunk() {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int number = 0; number < CHUNK / 4; number++) {
            chunk.putInt(number * 37 + number / 100 * 65_536);
        }
        return chunk.array();
    }

    @Test
    void lz4BlocksMayBeCompressedOrPlain() {
        byte[] chunk = chunk();
        byte[] first = compressed(new Lz4JavaCompressor(), Arrays.copyOf(chunk, 3_000));
        ByteBuffer container = ByteBuffer.allocate(8_000).putLong(CHUNK).putInt(3_000);
        container.putInt(first.length).put(first).putInt(1_000).put(chunk, 3_000, 1_000);

        assertThat(decoded(new Filters.Filter(32004, "lz4", new int[0]), filled(container)))
                .isEqualTo(chunk);
    }

    @Test
    void zstdFramesAreUndone() {
        byte[] chunk = chunk();

        assertThat(decoded(new Filters.Filter(32015, "zstd", new int[0]), compressed(new ZstdJavaCompressor(), chunk)))
                .isEqualTo(chunk);
    }

    @Test
    void bitshuffleWithZstdIsUndoneBlockByBlock() {
        assertThat(decoded(BITSHUFFLE_ZSTD, bitshuffled(chunk()))).isEqualTo(chunk());
    }

    private static final Filters.Filter BITSHUFFLE_ZSTD =
            new Filters.Filter(32008, "bitshuffle", new int[] {0, 4, 4, 512, 3});

    /// 1,000 elements: a block of 512, one of 488, nothing left over.
    private static byte[] bitshuffled(byte[] chunk) {
        ByteBuffer container = ByteBuffer.allocate(9_000).putLong(CHUNK).putInt(512 * 4);
        for (int[] block : new int[][] {{0, 512}, {512, 488}}) {
            byte[] transposed = transposed(chunk, block[0] * 4, block[1]);
            byte[] packed = compressed(new ZstdJavaCompressor(), transposed);
            container.putInt(packed.length).put(packed);
        }
        return filled(container);
    }

    /// The definition, bit by bit: bit `b` of element `e` goes to bit `e` of row `b`.
    private static byte[] transposed(byte[] data, int at, int elements) {
        byte[] rows = new byte[elements * 4];
        for (int element = 0; element < elements; element++) {
            for (int bit = 0; bit < 32; bit++) {
                int value = data[at + element * 4 + bit / 8] >>> (bit % 8) & 1;
                rows[bit * (elements / 8) + element / 8] |= (byte) (value << (element % 8));
            }
        }
        return rows;
    }

    @Test
    void filtersOnTopOfEachOtherAreUndoneFromTheLast() {
        byte[] chunk = chunk();
        Filters filters = new Filters(
                List.of(
                        new Filters.Filter(Filters.SHUFFLE, "shuffle", new int[] {4}),
                        new Filters.Filter(32015, "zstd", new int[0]),
                        new Filters.Filter(Filters.DEFLATE, "deflate", new int[] {4})),
                4);
        byte[] planes = new byte[CHUNK];
        for (int index = 0; index < CHUNK; index++) {
            planes[index % 4 * 1_000 + index / 4] = chunk[index];
        }
        byte[] stored = deflated(compressed(new ZstdJavaCompressor(), planes));

        assertThat(decoded(filters, stored, 0)).isEqualTo(chunk);
        assertThat(decoded(filters, deflated(planes), 2)).isEqualTo(chunk);
        assertThat(decoded(filters, chunk, 7)).isEqualTo(chunk);
    }

    @Test
    void damagedInputIsMalformedOrStaysWithinItsBounds() {
        byte[] chunk = chunk();
        Map<Filters.Filter, byte[]> stored = new LinkedHashMap<>();
        stored.put(new Filters.Filter(Filters.DEFLATE, "deflate", new int[0]), deflated(chunk));
        stored.put(new Filters.Filter(32015, "zstd", new int[0]), compressed(new ZstdJavaCompressor(), chunk));
        stored.put(BITSHUFFLE_ZSTD, bitshuffled(chunk));
        stored.put(new Filters.Filter(32000, "lzf", new int[0]), new byte[] {3, 1, 2, 3, 4, (byte) 0xe0, 90, 3, 0, 7});
        for (int codec = 0; codec < 5; codec++) {
            stored.put(new Filters.Filter(32001, "blosc " + codec, new int[0]), blosc(codec, chunk));
        }
        ByteBuffer lz4 = ByteBuffer.allocate(8_000).putLong(CHUNK).putInt(CHUNK);
        byte[] block = compressed(new Lz4JavaCompressor(), chunk);
        stored.put(
                new Filters.Filter(32004, "lz4", new int[0]),
                filled(lz4.putInt(block.length).put(block)));
        stored.forEach((filter, good) -> {
            Random random = new Random(filter.id());
            for (int number = 0; number < 300; number++) {
                byte[] damaged = good.clone();
                damaged[random.nextInt(number % 2 == 0 ? Math.min(20, damaged.length) : damaged.length)] =
                        (byte) random.nextInt(256);
                int count = number % 3 == 0 ? random.nextInt(damaged.length + 1) : damaged.length;
                try {
                    byte[] out = new byte[CHUNK + 8];
                    try (io.cellferry.codec.Decoder codec = new Filters(List.of(filter), 4).codec(filter)) {
                        assertThat(codec.decode(damaged, 0, count, out, CHUNK)).isBetween(0, CHUNK);
                    }
                    assertThat(Arrays.copyOfRange(out, CHUNK, CHUNK + 8)).containsOnly(0);
                } catch (Malformed refused) {
                    assertThat(refused).hasMessageNotContaining("null");
                }
            }
        });
    }

    /// One block of bytes that are not shuffled; codecs 0 and 2 get a stream of literals made for codec 1.
    private static byte[] blosc(int codec, byte[] chunk) {
        byte[] stream =
                switch (codec) {
                    case 3 -> deflated(chunk);
                    case 4 -> compressed(new ZstdJavaCompressor(), chunk);
                    default -> compressed(new Lz4JavaCompressor(), chunk);
                };
        ByteBuffer container = ByteBuffer.allocate(20_000).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        container.put((byte) 2).put((byte) 1).put((byte) (codec << 5 | 16)).put((byte) 4);
        container.putInt(CHUNK).putInt(CHUNK).putInt(24 + stream.length).putInt(20);
        return filled(container.putInt(stream.length).put(stream));
    }

    @Test
    void checksumsAreVerifiedInEitherByteOrder() {
        // Pairs 0x0102 and 0x0304: sums 0x0406 and 0x0102 + 0x0406 = 0x0508, stored low half first.
        byte[] stored = {1, 2, 3, 4, 0x06, 0x04, 0x08, 0x05};
        byte[] out = new byte[4];

        assertThat(new Fletcher().decode(stored, 0, 8, out, 4)).isEqualTo(4);
        assertThat(out).containsExactly(1, 2, 3, 4);
        byte[] swapped = {1, 2, 3, 4, 0x04, 0x06, 0x05, 0x08};
        assertThat(new Fletcher().decode(swapped, 0, 8, out, 4)).isEqualTo(4);
        stored[1] = 7;
        assertThatThrownBy(() -> new Fletcher().decode(stored, 0, 8, out, 4)).isInstanceOf(Malformed.class);
    }

    private static byte[] decoded(Filters.Filter filter, byte[] stored) {
        return decoded(new Filters(List.of(filter), 4), stored, 0);
    }

    /// Reads from the middle of a larger buffer, as chunks that were read together are.
    private static byte[] decoded(Filters filters, byte[] stored, int mask) {
        byte[] around = new byte[stored.length + 20];
        Arrays.fill(around, (byte) 0x55);
        System.arraycopy(stored, 0, around, 10, stored.length);
        byte[] target = new byte[CHUNK];
        try (ChunkDecoder decoder = new ChunkDecoder(filters, CHUNK)) {
            decoder.decode(around, 10, stored.length, mask, target);
        }
        return target;
    }

    private static byte[] compressed(Compressor compressor, byte[] data) {
        byte[] out = new byte[compressor.maxCompressedLength(data.length)];
        return Arrays.copyOf(out, compressor.compress(data, 0, data.length, out, 0, out.length));
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[2 * data.length + 100];
        int count = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, count);
    }

    private static byte[] filled(ByteBuffer buffer) {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
