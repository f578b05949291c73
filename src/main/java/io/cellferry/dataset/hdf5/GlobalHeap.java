package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.texts.TextBytes;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads variable-length texts from global heap collections, keeping the last ones used. Used by one thread.
///
/// A collection is `GCOL`, version 1, 3 reserved bytes, size, then objects: index (2 bytes), references (2), reserved
/// (4), size, data padded to 8 bytes; index 0 is free space and ends it. Consecutive texts share a collection of about
/// 4 KiB, so each is read once.
final class GlobalHeap {

    /// Together with one collection of any size, the most memory that is kept.
    private static final long MOST_KEPT_BYTES = 4L << 20;

    private final FileBytes bytes;
    private final Map<Long, Collection> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long keptBytes;
    private @Nullable Collection last;

    GlobalHeap(FileBytes bytes) {
        this.bytes = bytes;
    }

    /// `starts[index]` is where an object's data begin, 0 when there is no such object.
    private record Collection(long address, ByteBuffer data, int[] starts, long[] sizes) {}

    String text(long address, int index, long length) {
        Collection collection = collection(address);
        if (index <= 0 || index >= collection.starts().length || collection.starts()[index] == 0) {
            throw new Malformed("text %d is missing in the heap at address %,d".formatted(index, address));
        }
        if (length > collection.sizes()[index]) {
            throw new Malformed("a text of %,d bytes where the heap at address %,d holds %,d"
                    .formatted(length, address, collection.sizes()[index]));
        }
        // Some writers count and store the zero byte at the end.
        int count = (int) length;
        int start = collection.starts()[index];
        byte[] data = collection.data().array();
        while (count > 0 && data[start + count - 1] == 0) {
            count--;
        }
        return TextBytes.decode(data, start, count);
    }

    private Collection collection(long address) {
        Collection current = last;
        if (current != null && current.address() == address) {
            return current;
        }
        Collection found = kept.get(address);
        if (found == null) {
            found = read(address);
            kept.put(address, found);
            keptBytes += found.data().capacity();
            for (Iterator<Collection> oldest = kept.values().iterator();
                    keptBytes > MOST_KEPT_BYTES && kept.size() > 1; ) {
                keptBytes -= oldest.next().data().capacity();
                oldest.remove();
            }
        }
        last = found;
        return found;
    }

    private Collection read(long address) {
        int headBytes = 8 + bytes.lengthBytes();
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "GCOL", address);
        FileBytes.version(head, 1, "a global heap");
        head.position(8);
        ByteBuffer data = bytes.read(address, bytes.length(head));
        int objectHead = 8 + bytes.lengthBytes();
        int[] starts = new int[64];
        long[] sizes = new long[64];
        int at = headBytes;
        while (at + objectHead <= data.capacity()) {
            data.position(at);
            int index = Short.toUnsignedInt(data.getShort());
            if (index == 0) {
                break;
            }
            data.position(at + 8);
            long size = bytes.length(data);
            if (size < 0 || size > data.capacity() - at - objectHead) {
                throw new Malformed("a text of %,d bytes beyond the heap at address %,d".formatted(size, address));
            }
            if (index >= starts.length) {
                int room = Math.max(index + 1, 2 * starts.length);
                starts = java.util.Arrays.copyOf(starts, room);
                sizes = java.util.Arrays.copyOf(sizes, room);
            }
            starts[index] = at + objectHead;
            sizes[index] = size;
            long next = at + objectHead + (size + 7) / 8 * 8;
            at = (int) Math.min(next, data.capacity());
        }
        return new Collection(address, data, starts, sizes);
    }
}
