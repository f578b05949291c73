package io.cellferry.zarr;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Decodes chunks of one array, wherever they lie: a file each, or inside a shard. One thread.
///
/// Memory: one stored chunk, one or two decoded ones between decoders, and what [ChunkPlaces] holds.
public final class ChunkReader implements AutoCloseable {

    /// A chunk of texts does not say how long it is. Real ones have a few megabytes.
    private static final int MOST_TEXT_BYTES = 64 << 20;

    /// Nobody is believed who announces more texts than this before they are there.
    private static final int TEXTS_AT_FIRST = 1 << 16;

    private final ZarrStore store;
    private final ChunkPlaces places;
    private final StoredArray array;
    private final List<Decoder> decoders;
    private byte[] stored = new byte[0];
    private byte[] front = new byte[0];
    private byte[] back = new byte[0];

    public ChunkReader(ZarrStore store, ZarrNode.Array node) {
        this.store = store;
        this.places = new ChunkPlaces(store, node);
        this.array = node.array();
        this.decoders = array.decoders().stream().map(Supplier::get).toList();
    }

    /// The most one reader holds, beside texts.
    public static long heapBytes(StoredArray array) {
        long chunk = array.chunkBytes();
        return 3 * (chunk + (chunk >>> 3) + 65_536) + ChunkPlaces.heapBytes(array);
    }

    /// Writes the decoded chunk at `place` (in chunks, not files) to the start of `into`: rows first, lowest byte
    /// first.
    public void read(long[] place, byte[] into) {
        int bytes = array.chunkBytes();
        ChunkPlaces.Found found = places.find(place);
        if (found.isAbsent()) {
            fill(into, bytes);
            return;
        }
        try {
            int made = decode(found, into, bytes);
            if (made != bytes) {
                throw new Malformed("it decodes to %,d bytes instead of %,d".formatted(made, bytes));
            }
        } catch (Malformed e) {
            throw places.refused(found, e);
        }
        if (array.kind() instanceof ElementKind.Number number && number.bigEndian()) {
            turn(into, bytes, number.type().bytes());
        }
        if (array.columnsFirst()) {
            rowsFirst(into, bytes);
        }
    }

    /// The texts of the chunk at `place`, rows first, without those at its end that nobody wrote; of a chunk that is
    /// not there, all are missing. They are [StoredArray#fillText].
    public List<String> texts(long[] place) {
        ChunkPlaces.Found found = places.find(place);
        if (found.isAbsent()) {
            return List.of();
        }
        try {
            byte[] bytes = decodeTexts(found);
            List<String> texts = texts(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            return array.columnsFirst() && array.chunk().size() > 1 ? rowsFirst(texts) : texts;
        } catch (Malformed e) {
            throw places.refused(found, e);
        }
    }

    private List<String> rowsFirst(List<String> columns) {
        String[] rows = new String[columns.size()];
        if (rows.length != array.chunkElements()) {
            throw new Malformed(
                    "it holds %,d texts where a chunk has %,d".formatted(rows.length, array.chunkElements()));
        }
        eachRowsFirst((row, column) -> rows[row] = columns.get(column));
        return Arrays.asList(rows);
    }

    private List<String> texts(ByteBuffer bytes) {
        if (bytes.remaining() < Integer.BYTES) {
            throw new Malformed("it ends before the number of its texts");
        }
        int count = bytes.getInt();
        if (count < 0 || count > array.chunkElements()) {
            throw new Malformed("it holds %,d texts where a chunk has %,d".formatted(count, array.chunkElements()));
        }
        List<String> texts = new ArrayList<>(Math.min(count, TEXTS_AT_FIRST));
        for (int text = 0; text < count; text++) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new Malformed("text %,d is cut off".formatted(text));
            }
            texts.add(text(bytes, length, text));
            bytes.position(bytes.position() + length);
        }
        return texts;
    }

    private static String text(ByteBuffer bytes, int length, int number) {
        return Utf8.text(bytes.array(), bytes.position(), length)
                .orElseThrow(() -> new Malformed("text %,d is not in UTF-8".formatted(number)));
    }

    private byte[] load(ChunkPlaces.Found found) {
        if (stored.length < found.count()) {
            stored = new byte[0];
            stored = new byte[found.count()];
        }
        store.read(found.key(), found.at(), stored, found.count());
        return stored;
    }

    private int decode(ChunkPlaces.Found found, byte[] into, int bytes) {
        byte[] from = load(found);
        int count = found.count();
        if (decoders.isEmpty()) {
            if (count > bytes) {
                throw new Malformed("it has %,d bytes instead of %,d".formatted(count, bytes));
            }
            System.arraycopy(from, 0, into, 0, count);
            return count;
        }
        int between = Math.addExact(bytes, (bytes >>> 3) + 65_536);
        for (int stage = 0; stage < decoders.size(); stage++) {
            boolean last = stage == decoders.size() - 1;
            byte[] to = last ? into : other(from, between);
            count = decoders.get(stage).decode(from, 0, count, to, last ? bytes : between);
            from = to;
        }
        return count;
    }

    private byte[] other(byte[] from, int bytes) {
        if (from != front) {
            if (front.length < bytes) {
                front = new byte[bytes];
            }
            return front;
        }
        if (back.length < bytes) {
            back = new byte[bytes];
        }
        return back;
    }

    /// Nobody says how many bytes the texts of a chunk take, so the room grows until they fit.
    private byte[] decodeTexts(ChunkPlaces.Found found) {
        byte[] from = load(found);
        if (decoders.isEmpty()) {
            return Arrays.copyOf(from, found.count());
        }
        int room = Math.max(1 << 16, Math.min(MOST_TEXT_BYTES, 8 * found.count()));
        while (true) {
            try {
                byte[] in = from;
                int count = found.count();
                for (Decoder decoder : decoders) {
                    byte[] to = new byte[room];
                    count = decoder.decode(in, 0, count, to, room);
                    in = to;
                }
                return Arrays.copyOf(in, count);
            } catch (Malformed e) {
                if (room >= MOST_TEXT_BYTES) {
                    throw e;
                }
                room = (int) Math.min(MOST_TEXT_BYTES, 8L * room);
            }
        }
    }

    private void fill(byte[] into, int bytes) {
        byte[] one = array.fill();
        Arrays.fill(into, 0, bytes, (byte) 0);
        if (one.length > 0) {
            for (int at = 0; at < bytes; at += array.kind().bytes()) {
                System.arraycopy(one, 0, into, at, one.length);
            }
        }
    }

    private static void turn(byte[] bytes, int count, int width) {
        for (int element = 0; element + width <= count; element += width) {
            for (int low = element, high = element + width - 1; low < high; low++, high--) {
                byte kept = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = kept;
            }
        }
    }

    /// Chunks stored column by column are put into order of rows; the copy is as large as the chunk.
    private void rowsFirst(byte[] bytes, int count) {
        byte[] columns = Arrays.copyOf(bytes, count);
        int width = array.kind().bytes();
        eachRowsFirst((row, column) -> System.arraycopy(columns, column * width, bytes, row * width, width));
    }

    /// Where an element of a chunk is, counted row by row and column by column.
    @FunctionalInterface
    private interface Places {
        void take(int row, int column);
    }

    private void eachRowsFirst(Places places) {
        int elements = array.chunkElements();
        int dimensions = array.chunk().size();
        int[] place = new int[dimensions];
        for (int element = 0; element < elements; element++) {
            int from = 0;
            for (int dimension = dimensions - 1; dimension >= 0; dimension--) {
                from = from * array.chunk().get(dimension) + place[dimension];
            }
            places.take(element, from);
            for (int dimension = dimensions - 1; dimension >= 0; dimension--) {
                if (++place[dimension] < array.chunk().get(dimension)) {
                    break;
                }
                place[dimension] = 0;
            }
        }
    }

    @Override
    public void close() {
        decoders.forEach(Decoder::close);
    }
}
