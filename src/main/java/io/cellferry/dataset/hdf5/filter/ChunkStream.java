package io.cellferry.dataset.hdf5.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import java.util.ArrayList;
import java.util.List;

/// The decoded bytes of one chunk too large to be held. Used by one thread.
///
/// Reading forward costs what it decodes; reading backward starts again. A shuffled chunk has the first bytes of all
/// elements first, so it is read by as many inflaters as an element has bytes, each waiting in its own plane.
public final class ChunkStream implements AutoCloseable {

    /// Reads `count` stored bytes from offset `at` of the chunk to the start of `into`.
    @FunctionalInterface
    public interface Stored {
        void read(long at, byte[] into, int count);
    }

    private static final int PIECE_BYTES = 64 << 10;

    private final long chunkBytes;
    private final List<ForwardBytes> planes;
    private byte[] plane = new byte[0];

    private ChunkStream(long chunkBytes, List<ForwardBytes> planes) {
        this.chunkBytes = chunkBytes;
        this.planes = planes;
    }

    /// Opens a chunk of `storedBytes`, whose filters [Filters#canStream]. A checksum is verified here, by reading all
    /// of the chunk once.
    public static ChunkStream open(Filters filters, int mask, Stored stored, long storedBytes, long chunkBytes) {
        boolean deflated = false;
        int planes = 1;
        long data = storedBytes;
        for (int stage = filters.filters().size() - 1; stage >= 0; stage--) {
            if ((mask >>> stage & 1) != 0) {
                continue;
            }
            Filters.Filter filter = filters.filters().get(stage);
            switch (filter.id()) {
                case Filters.FLETCHER -> data = verified(stored, storedBytes);
                case Filters.DEFLATE -> deflated = true;
                case Filters.SHUFFLE ->
                    planes = filter.parameters().length > 0 ? filter.parameter(0) : filters.elementBytes();
                default -> throw new IllegalArgumentException("filter %d cannot be streamed".formatted(filter.id()));
            }
        }
        if (planes != 1 && planes != filters.elementBytes()) {
            throw new Malformed(
                    "elements of %,d bytes shuffled in %,d planes".formatted(filters.elementBytes(), planes));
        }
        if (!deflated && data != chunkBytes) {
            throw new Malformed("a chunk has %,d bytes instead of %,d".formatted(data, chunkBytes));
        }
        List<ForwardBytes> sources = new ArrayList<>();
        for (int number = 0; number < planes; number++) {
            sources.add(deflated ? new InflatedBytes(stored, data, chunkBytes) : new PlainBytes(stored));
        }
        return new ChunkStream(chunkBytes, sources);
    }

    private static long verified(Stored stored, long storedBytes) {
        long data = storedBytes - Fletcher.BYTES;
        if (data < 0) {
            throw new Malformed("a chunk of %,d bytes with a checksum".formatted(storedBytes));
        }
        Fletcher.FletcherSum sum = new Fletcher.FletcherSum();
        byte[] piece = new byte[PIECE_BYTES];
        for (long at = 0; at < data; ) {
            int now = (int) Math.min(piece.length, data - at);
            stored.read(at, piece, now);
            sum.add(piece, 0, now);
            at += now;
        }
        stored.read(data, piece, Fletcher.BYTES);
        sum.check(Sizes.littleEndian(piece, 0, Fletcher.BYTES));
        return data;
    }

    /// Copies decoded bytes `[from, from + count)` to the start of `into`; both must be multiples of the element size.
    public void read(long from, byte[] into, int count) {
        if (planes.size() == 1) {
            planes.getFirst().read(from, into, count);
            return;
        }
        int elementBytes = planes.size();
        int elements = count / elementBytes;
        if (plane.length < elements) {
            plane = new byte[elements];
        }
        long planeBytes = chunkBytes / elementBytes;
        for (int number = 0; number < elementBytes; number++) {
            planes.get(number).read(number * planeBytes + from / elementBytes, plane, elements);
            for (int element = 0; element < elements; element++) {
                into[element * elementBytes + number] = plane[element];
            }
        }
    }

    @Override
    public void close() {
        planes.forEach(ForwardBytes::close);
    }

    /// Bytes best read forward.
    interface ForwardBytes extends AutoCloseable {
        void read(long from, byte[] into, int count);

        @Override
        default void close() {}
    }

    /// Stored bytes as they are; any order is as good.
    private record PlainBytes(Stored stored) implements ForwardBytes {
        @Override
        public void read(long from, byte[] into, int count) {
            stored.read(from, into, count);
        }
    }
}
