package io.cellferry.dataset.soma;

import io.airlift.compress.v3.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/// Writes one sparse array of storage format 22 with the filters of the CELLxGENE Census: zstd on rows, byte
/// shuffle and zstd on columns and values (float32). One fragment for each call of [#fragment].
///
/// For benchmarks and tests of sizes that nobody checks in. Knows just what real writers of such arrays leave on
/// disk.
final class SparseArrayWriter {

    private static final int VERSION = 22;
    private static final int CAPACITY = 65_536;
    private static final int EXTENT = 2_048;
    private static final int CHUNK_BYTES = 65_536;
    private static final int FANOUT = 10;
    private static final int ENTRIES = 4;
    private static final String SCHEMA = "__1700000000000_1700000000000_00000000000000000000000000000000";

    private final Path array;
    private final long rows;
    private final long columns;
    private final ZstdCompressor zstd = ZstdCompressor.create();
    private int fragments;

    SparseArrayWriter(Path array, long rows, long columns) throws IOException {
        this.array = array;
        this.rows = rows;
        this.columns = columns;
        for (String folder : List.of("__schema/__enumerations", "__fragments", "__commits", "__meta", "__fragment_meta")) {
            Files.createDirectories(array.resolve(folder));
        }
        Files.write(array.resolve("__schema/" + SCHEMA), generic(schema()));
    }

    /// Values in the order of the format: by block of 2,048 x 2,048, then by row and column.
    record Entries(long[] rows, long[] columns, float[] values) {}

    void fragment(Entries entries) throws IOException {
        String name = "__%d_%d_%032x_22".formatted(1_700_000_000_001L + fragments, 1_700_000_000_001L + fragments, fragments);
        fragments++;
        Path folder = Files.createDirectories(array.resolve("__fragments/" + name));
        int count = entries.values().length;
        int tiles = (count + CAPACITY - 1) / CAPACITY;
        long[][] starts = new long[ENTRIES][tiles];
        long[][] sums = new long[ENTRIES][tiles];
        long[] boxes = new long[4 * tiles];
        long[] sizes = new long[ENTRIES];
        try (OutputStream a0 = Files.newOutputStream(folder.resolve("a0.tdb"));
                OutputStream d0 = Files.newOutputStream(folder.resolve("d0.tdb"));
                OutputStream d1 = Files.newOutputStream(folder.resolve("d1.tdb"))) {
            for (int tile = 0; tile < tiles; tile++) {
                int from = tile * CAPACITY;
                int to = Math.min(count, from + CAPACITY);
                ByteBuffer row = little(8 * (to - from));
                ByteBuffer column = little(8 * (to - from));
                ByteBuffer value = little(4 * (to - from));
                double sum = 0;
                boxes[4 * tile] = boxes[4 * tile + 2] = Long.MAX_VALUE;
                for (int i = from; i < to; i++) {
                    row.putLong(entries.rows()[i]);
                    column.putLong(entries.columns()[i]);
                    value.putFloat(entries.values()[i]);
                    sum += entries.values()[i];
                    sums[2][tile] += entries.rows()[i];
                    sums[3][tile] += entries.columns()[i];
                    boxes[4 * tile] = Math.min(boxes[4 * tile], entries.rows()[i]);
                    boxes[4 * tile + 1] = Math.max(boxes[4 * tile + 1], entries.rows()[i]);
                    boxes[4 * tile + 2] = Math.min(boxes[4 * tile + 2], entries.columns()[i]);
                    boxes[4 * tile + 3] = Math.max(boxes[4 * tile + 3], entries.columns()[i]);
                }
                sums[0][tile] = Double.doubleToRawLongBits(sum);
                starts[0][tile] = sizes[0];
                starts[2][tile] = sizes[2];
                starts[3][tile] = sizes[3];
                sizes[0] += put(a0, tile(value.array(), 4, true));
                sizes[2] += put(d0, tile(row.array(), 8, false));
                sizes[3] += put(d1, tile(column.array(), 8, true));
            }
        }
        Files.write(
                folder.resolve("__fragment_metadata.tdb"),
                metadata(count - (tiles - 1) * CAPACITY, tiles, starts, sums, boxes, sizes));
        Files.createFile(array.resolve("__commits/" + name + ".wrt"));
    }

    private static int put(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        return bytes.length;
    }

    private byte[] tile(byte[] plain, int width, boolean shuffle) {
        Bytes out = new Bytes();
        int chunks = (plain.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
        out.int64(chunks);
        for (int from = 0; from < plain.length; from += CHUNK_BYTES) {
            int count = Math.min(CHUNK_BYTES, plain.length - from);
            byte[] part = java.util.Arrays.copyOfRange(plain, from, from + count);
            // What the shuffle says about itself is compressed with the data.
            byte[] about = shuffle ? new Bytes().int32(1).int32(count).bytes() : new byte[0];
            byte[] packedAbout = shuffle ? packed(about) : new byte[0];
            byte[] packed = packed(shuffle ? shuffled(part, width) : part);
            Bytes metadata = new Bytes().int32(shuffle ? 1 : 0).int32(1);
            if (shuffle) {
                metadata.int32(about.length).int32(packedAbout.length);
            }
            metadata.int32(count).int32(packed.length);
            out.int32(count).int32(packedAbout.length + packed.length).int32(metadata.bytes().length);
            out.raw(metadata.bytes()).raw(packedAbout).raw(packed);
        }
        return out.bytes();
    }

    private byte[] packed(byte[] plain) {
        byte[] out = new byte[zstd.maxCompressedLength(plain.length)];
        return java.util.Arrays.copyOf(out, zstd.compress(plain, 0, plain.length, out, 0, out.length));
    }

    private static byte[] shuffled(byte[] plain, int width) {
        byte[] out = new byte[plain.length];
        int elements = plain.length / width;
        for (int i = 0; i < elements; i++) {
            for (int plane = 0; plane < width; plane++) {
                out[plane * elements + i] = plain[i * width + plane];
            }
        }
        return out;
    }

    private byte[] schema() {
        Bytes out = new Bytes();
        out.int32(VERSION).int8(0).int8(1).int8(0).int8(0).int64(CAPACITY);
        chain(out, 2);
        chain(out, 2);
        chain(out, 4);
        out.int32(2);
        dimension(out, "soma_dim_0", 2);
        dimension(out, "soma_dim_1", 9, 2);
        out.int32(1);
        name(out, "soma_data").int8(2).int32(1);
        chain(out, 9, 2);
        out.int64(4).int32(0x7fc00000).int8(0).int8(0).int8(0).int32(0);
        out.int32(0).int32(0);
        out.int32(0).int8(0).int8(0).int64(0).int64(rows - 1).int64(0).int64(columns - 1);
        return out.bytes();
    }

    private static void dimension(Bytes out, String name, int... filters) {
        name(out, name).int8(1).int32(1);
        chain(out, filters);
        out.int64(16).int64(0).int64(Long.MAX_VALUE - EXTENT).int8(0).int64(EXTENT);
    }

    private static Bytes name(Bytes out, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return out.int32(text.length).raw(text);
    }

    private static void chain(Bytes out, int... filters) {
        out.int32(CHUNK_BYTES).int32(filters.length);
        for (int filter : filters) {
            out.int8(filter);
            if (filter == 9) {
                out.int32(0);
            } else {
                out.int32(5).int8(filter).int32(-1);
            }
        }
    }

    private static byte[] metadata(
            int lastTileCells, int tiles, long[][] starts, long[][] sums, long[] boxes, long[] sizes) {
        Bytes out = new Bytes();
        out.raw(generic(tree(boxes)));
        long[][] tables = new long[8][ENTRIES];
        for (int kind = 0; kind < 8; kind++) {
            for (int entry = 0; entry < ENTRIES; entry++) {
                tables[kind][entry] = out.bytes().length;
                long[] content =
                        switch (kind) {
                            case 0 -> starts[entry];
                            case 6 -> sums[entry];
                            default -> new long[tiles];
                        };
                Bytes table = new Bytes().int64(kind == 4 || kind == 5 ? 0 : content.length);
                for (long one : kind == 4 || kind == 5 ? new long[1] : content) {
                    table.int64(one);
                }
                out.raw(generic(table.bytes()));
            }
        }
        long summary = out.bytes().length;
        out.raw(generic(new byte[ENTRIES * 32]));
        long conditions = out.bytes().length;
        out.raw(generic(new byte[8]));
        Bytes footer = new Bytes();
        byte[] schema = SCHEMA.getBytes(StandardCharsets.UTF_8);
        footer.int32(VERSION).int64(schema.length).raw(schema).int8(0).int8(0);
        long[] whole = {Long.MAX_VALUE, 0, Long.MAX_VALUE, 0};
        for (int i = 0; i < boxes.length; i += 2) {
            whole[i % 4] = Math.min(whole[i % 4], boxes[i]);
            whole[i % 4 + 1] = Math.max(whole[i % 4 + 1], boxes[i + 1]);
        }
        for (long one : whole) footer.int64(one);
        footer.int64(tiles).int64(lastTileCells).int8(0).int8(0);
        for (long size : sizes) footer.int64(size);
        for (int i = 0; i < 2 * ENTRIES; i++) footer.int64(0);
        footer.int64(0);
        for (long[] table : tables) {
            for (long place : table) footer.int64(place);
        }
        footer.int64(summary).int64(conditions);
        return out.raw(footer.bytes()).int64(footer.bytes().length).bytes();
    }

    /// All levels, the root first.
    private static byte[] tree(long[] leaves) {
        List<long[]> levels = new ArrayList<>(List.of(leaves));
        while (levels.getFirst().length > 4) {
            long[] below = levels.getFirst();
            long[] above = new long[(below.length / 4 + FANOUT - 1) / FANOUT * 4];
            for (int box = 0; box < below.length / 4; box++) {
                int to = box / FANOUT * 4;
                boolean first = box % FANOUT == 0;
                for (int side = 0; side < 4; side++) {
                    long value = below[4 * box + side];
                    long known = above[to + side];
                    above[to + side] = first ? value : side % 2 == 0 ? Math.min(known, value) : Math.max(known, value);
                }
            }
            levels.addFirst(above);
        }
        Bytes out = new Bytes().int32(FANOUT).int32(levels.size());
        for (long[] level : levels) {
            out.int64(level.length / 4);
            for (long side : level) out.int64(side);
        }
        return out.bytes();
    }

    private static byte[] generic(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] room = new byte[plain.length + 1_024];
        byte[] packed = java.util.Arrays.copyOf(room, deflater.deflate(room));
        deflater.end();
        Bytes chain = new Bytes();
        chain(chain, 1);
        Bytes tile = new Bytes().int64(1).int32(plain.length).int32(packed.length).int32(16);
        tile.int32(0).int32(1).int32(plain.length).int32(packed.length).raw(packed);
        Bytes out = new Bytes().int32(VERSION).int64(tile.bytes().length).int64(plain.length).int8(4).int64(1).int8(0);
        return out.int32(chain.bytes().length).raw(chain.bytes()).raw(tile.bytes()).bytes();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Fields one after the other, lowest byte first.
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes int8(int value) {
            out.write(value);
            return this;
        }

        Bytes int32(int value) {
            return raw(little(4).putInt(value).array());
        }

        Bytes int64(long value) {
            return raw(little(8).putLong(value).array());
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
