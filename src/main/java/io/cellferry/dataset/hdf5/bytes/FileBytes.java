package io.cellferry.dataset.hdf5.bytes;

import io.cellferry.codec.Malformed;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes of one open file by HDF5 address, which counts from the end of the user block.
///
/// Every range is checked against the size of the file before a buffer is made for it, so that a damaged length can
/// neither ask for more memory than the file has bytes nor for more than [#MOST_METADATA_BYTES] at once. Safe for
/// several threads.
public final class FileBytes {

    /// Address of what is not stored, in any width of address.
    public static final long NOWHERE = -1;

    /// One piece of metadata never needs more: the largest are global heap collections, which grow with the largest
    /// single text they hold.
    public static final int MOST_METADATA_BYTES = 256 << 20;

    private final WholeReadChannel channel;
    private final long base;
    private final int offsetBytes;
    private final int lengthBytes;

    public FileBytes(WholeReadChannel channel, long base, int offsetBytes, int lengthBytes) {
        if (!widthIsKnown(offsetBytes) || !widthIsKnown(lengthBytes)) {
            throw new Malformed("addresses of %d and lengths of %d bytes; 2, 4 or 8 were expected"
                    .formatted(offsetBytes, lengthBytes));
        }
        this.channel = channel;
        this.base = base;
        this.offsetBytes = offsetBytes;
        this.lengthBytes = lengthBytes;
    }

    private static boolean widthIsKnown(int width) {
        return width == 2 || width == 4 || width == 8;
    }

    public int offsetBytes() {
        return offsetBytes;
    }

    public int lengthBytes() {
        return lengthBytes;
    }

    /// Bytes that can be addressed.
    public long size() {
        return channel.size() - base;
    }

    /// A new little-endian buffer with `count` bytes of metadata.
    public ByteBuffer read(long address, long count) {
        check(address, count);
        if (count > MOST_METADATA_BYTES) {
            throw new Malformed("a piece of metadata of %,d bytes at address %,d; the most ever needed is %,d"
                    .formatted(count, address, MOST_METADATA_BYTES));
        }
        byte[] bytes = new byte[(int) count];
        read(address, bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Fills `into[at, at + count)`, which the caller owns.
    public void read(long address, byte[] into, int at, int count) {
        check(address, count);
        try {
            channel.read(ByteBuffer.wrap(into, at, count), base + address);
        } catch (EOFException e) {
            throw new Malformed("the file ends before byte %,d".formatted(base + address + count), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Refuses ranges that do not lie inside the file.
    public void check(long address, long count) {
        if (address < 0 || count < 0 || count > size() - address) {
            throw new Malformed(
                    "%,d bytes at address %,d, but the file has only %,d bytes".formatted(count, address, size()));
        }
    }

    /// Reads an address; [#NOWHERE] when it is the format's undefined address.
    public long address(ByteBuffer from) {
        return unsigned(from, offsetBytes);
    }

    /// Reads a length.
    public long length(ByteBuffer from) {
        return unsigned(from, lengthBytes);
    }

    /// Reads an unsigned number of 1 to 8 bytes. All bits set in 2, 4 or 8 bytes means [#NOWHERE] to
    /// [#address(ByteBuffer)]; of 8 bytes only numbers up to 2^63 - 1 make sense as an address or length, and
    /// larger ones come out negative, which every range check refuses.
    private static long unsigned(ByteBuffer from, int width) {
        return switch (width) {
            case 2 -> from.getShort() == -1 ? NOWHERE : Short.toUnsignedLong(from.getShort(from.position() - 2));
            case 4 -> from.getInt() == -1 ? NOWHERE : Integer.toUnsignedLong(from.getInt(from.position() - 4));
            default -> from.getLong();
        };
    }

    /// Reads a little-endian unsigned number of `width` bytes, 0 to 8.
    public static long number(ByteBuffer from, int width) {
        long value = 0;
        for (int index = 0; index < width; index++) {
            value |= Byte.toUnsignedLong(from.get()) << (8 * index);
        }
        return value;
    }

    /// Refuses a structure that does not begin with its four letters, and steps over them.
    public static void signature(ByteBuffer from, String letters, long address) {
        byte[] found = new byte[4];
        from.get(found);
        for (int index = 0; index < 4; index++) {
            if (found[index] != letters.charAt(index)) {
                throw new Malformed("no '%s' at address %,d".formatted(letters, address));
            }
        }
    }

    /// Refuses a structure whose version is not the expected one, and steps over it.
    public static void version(ByteBuffer from, int expected, String what) {
        int found = Byte.toUnsignedInt(from.get());
        if (found != expected) {
            throw new Malformed("%s of version %d; version %d was expected".formatted(what, found, expected));
        }
    }
}
