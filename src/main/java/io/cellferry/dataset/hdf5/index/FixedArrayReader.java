package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.Checksums;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;

/// Reads a fixed array of chunks.
///
/// Header: `FAHD`, version 0, client, element size, page bits, number of elements, address of the data block, checksum.
/// Data block: `FADB`, version 0, client, header address; then either all elements and a checksum, or, when there are
/// more elements than fit on a page, a bitmap of written pages, a checksum and the pages, each with its own checksum.
final class FixedArrayReader {

    private final FileBytes bytes;
    private final ChunkGrid grid;
    private final ChunkIndex index;

    FixedArrayReader(FileBytes bytes, ChunkGrid grid, ChunkIndex index) {
        this.bytes = bytes;
        this.grid = grid;
        this.index = index;
    }

    void read(long address) {
        int headBytes = 12 + bytes.offsetBytes() + bytes.lengthBytes();
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "FAHD", address);
        Checksums.check(head, headBytes, "a fixed array header", address);
        FileBytes.version(head, 0, "a fixed array header");
        int client = Byte.toUnsignedInt(head.get());
        int elementBytes = Byte.toUnsignedInt(head.get());
        int pageBits = Byte.toUnsignedInt(head.get());
        long elements = bytes.length(head);
        long block = bytes.address(head);
        if (pageBits > 24 || elements < 0) {
            throw new Malformed("a fixed array of %,d elements with %d page bits".formatted(elements, pageBits));
        }
        if (block != FileBytes.NOWHERE) {
            read(block, elements, 1L << pageBits, new ArrayElements(bytes, grid, index, client, elementBytes));
        }
    }

    private void read(long address, long elements, long pageElements, ArrayElements reader) {
        long pages = elements > pageElements ? Math.ceilDiv(elements, pageElements) : 0;
        long bitmapBytes = Math.ceilDiv(pages, 8);
        int headBytes = 6 + bytes.offsetBytes();
        long firstBytes = headBytes + bitmapBytes + (pages == 0 ? elements * reader.elementBytes() : 0) + 4;
        ByteBuffer first = bytes.read(address, firstBytes);
        FileBytes.signature(first, "FADB", address);
        Checksums.check(first, (int) firstBytes, "a fixed array block", address);
        first.position(headBytes);
        if (pages == 0) {
            reader.read(first, 0, elements);
            return;
        }
        byte[] bitmap = new byte[(int) bitmapBytes];
        first.get(bitmap);
        for (long page = 0; page < pages; page++) {
            if (ArrayElements.isWritten(bitmap, (int) page)) {
                long from = page * pageElements;
                long count = Math.min(pageElements, elements - from);
                long pageAddress = address + firstBytes + page * (pageElements * reader.elementBytes() + 4);
                int pageBytes = (int) (count * reader.elementBytes()) + 4;
                ByteBuffer stored = bytes.read(pageAddress, pageBytes);
                Checksums.check(stored, pageBytes, "a fixed array page", pageAddress);
                reader.read(stored, from, count);
            }
        }
    }
}
