package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One image directory: entries of tag, type, count and values, which lie in the entry if they fit and elsewhere if
/// not. Values are read when asked for. Made and dropped while a file is opened.
final class Directory {

    /// Files have some 20 entries, scanners with private ones some 100.
    private static final int MOST_ENTRIES = 4096;

    private final TiffBytes bytes;
    private final TiffHeader header;
    private final long offset;
    private final long next;
    private final Map<Integer, Entry> entries;

    private Directory(TiffBytes bytes, TiffHeader header, long offset, long next, Map<Integer, Entry> entries) {
        this.bytes = bytes;
        this.header = header;
        this.offset = offset;
        this.next = next;
        this.entries = entries;
    }

    static Directory read(TiffBytes bytes, TiffHeader header, long offset) {
        int countBytes = header.isBig() ? 8 : 2;
        ByteBuffer counter = bytes.buffer(offset, countBytes, header.order());
        long count = header.isBig() ? counter.getLong() : Short.toUnsignedLong(counter.getShort());
        if (count < 1 || count > MOST_ENTRIES) {
            throw new Malformed("1 to %,d entries were expected, the directory says %s"
                    .formatted(MOST_ENTRIES, Long.toUnsignedString(count)));
        }
        int entryBytes = header.isBig() ? 20 : 12;
        int offsetBytes = header.isBig() ? 8 : 4;
        int bodyBytes = (int) count * entryBytes;
        ByteBuffer body = bytes.buffer(offset + countBytes, bodyBytes + offsetBytes, header.order());
        Map<Integer, Entry> entries = new HashMap<>();
        for (int at = 0; at < bodyBytes; at += entryBytes) {
            int tag = Short.toUnsignedInt(body.getShort(at));
            int type = Short.toUnsignedInt(body.getShort(at + 2));
            long values = header.isBig() ? body.getLong(at + 4) : Integer.toUnsignedLong(body.getInt(at + 4));
            int inline = at + entryBytes - offsetBytes;
            int width = Entry.width(type);
            // Types that are not known are no harm unless they are asked for.
            boolean fits = width > 0 && values >= 0 && values <= offsetBytes / width;
            long place = fits ? offset + countBytes + inline : number(body, inline, header);
            byte[] kept = new byte[0];
            if (fits) {
                kept = new byte[offsetBytes];
                body.get(inline, kept);
            }
            entries.putIfAbsent(tag, new Entry(type, values, place, kept));
        }
        return new Directory(bytes, header, offset, number(body, bodyBytes, header), entries);
    }

    private static long number(ByteBuffer from, int at, TiffHeader header) {
        return header.isBig() ? from.getLong(at) : Integer.toUnsignedLong(from.getInt(at));
    }

    TiffHeader header() {
        return header;
    }

    /// Where it lies in the file.
    long offset() {
        return offset;
    }

    /// Where the next one lies; 0 after the last.
    long next() {
        return next;
    }

    Optional<Entry> entry(int tag) {
        return Optional.ofNullable(entries.get(tag));
    }

    /// The only or first number of an entry.
    long number(int tag, long otherwise) {
        return entry(tag).map(found -> numbers(tag, found, 0, 1)[0]).orElse(otherwise);
    }

    /// The first number of an entry that must be there.
    long number(int tag, String name) {
        Entry found =
                entry(tag).orElseThrow(() -> new Malformed("the directory has no %s (tag %d)".formatted(name, tag)));
        return numbers(tag, found, 0, 1)[0];
    }

    /// All numbers of a short entry, at most `most`.
    long[] numbers(int tag, int most) {
        Entry found = entries.get(tag);
        if (found == null) {
            return new long[0];
        }
        if (found.count() < 0 || found.count() > most) {
            throw new Malformed("tag %d was expected to hold at most %,d numbers, it says %s"
                    .formatted(tag, most, Long.toUnsignedString(found.count())));
        }
        return numbers(tag, found, 0, (int) found.count());
    }

    private long[] numbers(int tag, Entry entry, long from, int count) {
        return numbers(bytes, header.order(), tag, entry, from, count);
    }

    /// Numbers `[from, from + count)` of an entry whose directory is no longer held.
    static long[] numbers(TiffBytes bytes, ByteOrder order, int tag, Entry entry, long from, int count) {
        int width = entry.wholeNumberWidth();
        if (width == 0 || entry.count() < 0 || from + count > entry.count()) {
            throw new Malformed("tag %d was expected to hold %,d whole numbers, it holds %s of type %d"
                    .formatted(tag, from + count, Long.toUnsignedString(entry.count()), entry.type()));
        }
        ByteBuffer values = values(bytes, order, entry, from * width, Math.multiplyExact(count, width));
        long[] numbers = new long[count];
        for (int index = 0; index < count; index++) {
            numbers[index] = switch (width) {
                case 1 -> Byte.toUnsignedLong(values.get());
                case 2 -> Short.toUnsignedLong(values.getShort());
                case 4 -> Integer.toUnsignedLong(values.getInt());
                default -> values.getLong();
            };
        }
        return numbers;
    }

    /// A quotient of two numbers; NaN if it is not there or not a quotient.
    double quotient(int tag) {
        Entry found = entries.get(tag);
        if (found == null || found.type() != Entry.RATIONAL || found.count() != 1) {
            return Double.NaN;
        }
        ByteBuffer values = values(bytes, header.order(), found, 0, 8);
        double above = Integer.toUnsignedLong(values.getInt());
        return above / Integer.toUnsignedLong(values.getInt());
    }

    /// The bytes of an entry of bytes or text, at most `most`.
    Optional<byte[]> text(int tag, int most) {
        return entry(tag).map(found -> bytes(bytes, header.order(), tag, found, most));
    }

    /// The bytes of an entry whose directory is no longer held, at most `most`.
    static byte[] bytes(TiffBytes bytes, ByteOrder order, int tag, Entry entry, int most) {
        if (Entry.width(entry.type()) != 1 || entry.count() < 0 || entry.count() > most) {
            throw new Malformed("tag %d was expected to hold at most %,d bytes, it says %s of type %d"
                    .formatted(tag, most, Long.toUnsignedString(entry.count()), entry.type()));
        }
        byte[] found = new byte[(int) entry.count()];
        values(bytes, order, entry, 0, found.length).get(found);
        return found;
    }

    private static ByteBuffer values(TiffBytes bytes, ByteOrder order, Entry entry, long from, int count) {
        if (entry.kept().length > 0) {
            byte[] part = Arrays.copyOfRange(entry.kept(), (int) from, (int) from + count);
            return ByteBuffer.wrap(part).order(order);
        }
        return bytes.buffer(entry.offset() + from, count, order);
    }
}
