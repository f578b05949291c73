package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.Checksums;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import java.nio.ByteBuffer;

/// Reads an extensible array of chunks.
///
/// Header: `EAHD`, version 0, client, element size, bits of the greatest number of elements, elements in the index
/// block, elements in the smallest data block, data block pointers in the smallest super block, page bits, six
/// statistics, address of the index block, checksum. The index block holds the first elements itself, then addresses of
/// the data blocks of the first super blocks, then addresses of the other super blocks. Super block `s` has `2^(s/2)`
/// data blocks of `2^((s+1)/2)` times the smallest number of elements; data blocks with more elements than a page are
/// stored in pages, each with its own checksum, and their super block says which pages were ever written.
final class ExtensibleArrayReader {

    private final FileBytes bytes;
    private final ChunkGrid grid;
    private final ChunkIndex index;

    ExtensibleArrayReader(FileBytes bytes, ChunkGrid grid, ChunkIndex index) {
        this.bytes = bytes;
        this.grid = grid;
        this.index = index;
    }

    /// Numbers of the header that all blocks depend on.
    private record Geometry(
            int indexElements, long smallestBlock, int superBlocks, int directSuperBlocks, int offsetWidth, long page) {

        long dataBlocks(int superBlock) {
            return 1L << (superBlock / 2);
        }

        long elements(int superBlock) {
            return smallestBlock << ((superBlock + 1) / 2);
        }

        long pages(int superBlock) {
            return elements(superBlock) > page ? elements(superBlock) / page : 0;
        }
    }

    void read(long address) {
        int headBytes = 16 + 6 * bytes.lengthBytes() + bytes.offsetBytes();
        ByteBuffer head = bytes.read(address, headBytes);
        FileBytes.signature(head, "EAHD", address);
        Checksums.check(head, headBytes, "an extensible array header", address);
        FileBytes.version(head, 0, "an extensible array header");
        int client = Byte.toUnsignedInt(head.get());
        int elementBytes = Byte.toUnsignedInt(head.get());
        int mostBits = Byte.toUnsignedInt(head.get());
        int indexElements = Byte.toUnsignedInt(head.get());
        int smallestBlock = Byte.toUnsignedInt(head.get());
        int smallestPointers = Byte.toUnsignedInt(head.get());
        int pageBits = Byte.toUnsignedInt(head.get());
        head.position(head.position() + 6 * bytes.lengthBytes());
        long indexBlock = bytes.address(head);
        if (mostBits > 63 || pageBits > 24 || !isPowerOfTwo(smallestBlock) || !isPowerOfTwo(smallestPointers)) {
            throw new Malformed("an extensible array of %d bits, blocks of %d and %d pointers"
                    .formatted(mostBits, smallestBlock, smallestPointers));
        }
        Geometry geometry = new Geometry(
                indexElements,
                smallestBlock,
                1 + mostBits - Integer.numberOfTrailingZeros(smallestBlock),
                2 * Integer.numberOfTrailingZeros(smallestPointers),
                Math.ceilDiv(mostBits, 8),
                1L << pageBits);
        if (indexBlock != FileBytes.NOWHERE) {
            indexBlock(indexBlock, geometry, new ArrayElements(bytes, grid, index, client, elementBytes));
        }
    }

    private static boolean isPowerOfTwo(int number) {
        return number > 0 && Integer.bitCount(number) == 1;
    }

    private void indexBlock(long address, Geometry geometry, ArrayElements reader) {
        long dataPointers = 0;
        for (int block = 0; block < geometry.directSuperBlocks(); block++) {
            dataPointers += geometry.dataBlocks(block);
        }
        int superPointers = Math.max(0, geometry.superBlocks() - geometry.directSuperBlocks());
        long size = 6
                + bytes.offsetBytes()
                + (long) geometry.indexElements() * reader.elementBytes()
                + (dataPointers + superPointers) * bytes.offsetBytes()
                + 4;
        ByteBuffer block = bytes.read(address, size);
        FileBytes.signature(block, "EAIB", address);
        Checksums.check(block, (int) size, "an extensible array index block", address);
        block.position(6 + bytes.offsetBytes());
        reader.read(block, 0, geometry.indexElements());
        long first = geometry.indexElements();
        for (int superBlock = 0; superBlock < geometry.superBlocks(); superBlock++) {
            if (superBlock < geometry.directSuperBlocks()) {
                for (long data = 0; data < geometry.dataBlocks(superBlock); data++) {
                    long dataAddress = bytes.address(block);
                    dataBlock(dataAddress, geometry, superBlock, first, new byte[0], 0, reader);
                    first += geometry.elements(superBlock);
                }
            } else {
                superBlock(bytes.address(block), geometry, superBlock, first, reader);
                first += geometry.dataBlocks(superBlock) * geometry.elements(superBlock);
            }
        }
    }

    private void superBlock(long address, Geometry geometry, int superBlock, long first, ArrayElements reader) {
        if (address == FileBytes.NOWHERE) {
            return;
        }
        long dataBlocks = geometry.dataBlocks(superBlock);
        int bitmapBytes = Math.toIntExact(Math.ceilDiv(geometry.pages(superBlock), 8));
        int headBytes = 6 + bytes.offsetBytes() + geometry.offsetWidth();
        long size = headBytes + dataBlocks * (bitmapBytes + bytes.offsetBytes()) + 4;
        ByteBuffer block = bytes.read(address, size);
        FileBytes.signature(block, "EASB", address);
        Checksums.check(block, (int) size, "an extensible array super block", address);
        byte[] bitmap = new byte[(int) dataBlocks * bitmapBytes];
        block.position(headBytes);
        block.get(bitmap);
        for (int data = 0; data < dataBlocks; data++) {
            int firstPage = Math.toIntExact(data * geometry.pages(superBlock));
            long firstElement = first + data * geometry.elements(superBlock);
            dataBlock(bytes.address(block), geometry, superBlock, firstElement, bitmap, firstPage, reader);
        }
    }

    /// `written` says which pages of all data blocks of the super block were written; this one's begin at `firstPage`.
    /// The bits of the data blocks follow each other without gaps, although room is set aside for whole bytes.
    private void dataBlock(
            long address,
            Geometry geometry,
            int superBlock,
            long first,
            byte[] written,
            int firstPage,
            ArrayElements reader) {
        if (address == FileBytes.NOWHERE) {
            return;
        }
        long elements = geometry.elements(superBlock);
        long pages = geometry.pages(superBlock);
        int headBytes = 6 + bytes.offsetBytes() + geometry.offsetWidth();
        long size = headBytes + (pages == 0 ? elements * reader.elementBytes() : 0) + 4;
        ByteBuffer block = bytes.read(address, size);
        FileBytes.signature(block, "EADB", address);
        Checksums.check(block, (int) size, "an extensible array data block", address);
        block.position(headBytes);
        if (pages == 0) {
            reader.read(block, first, elements);
            return;
        }
        if (written.length == 0) {
            throw new Malformed("a paged data block without a super block at address %,d".formatted(address));
        }
        int pageBytes = Math.toIntExact(geometry.page() * reader.elementBytes() + 4);
        for (int page = 0; page < pages; page++) {
            if (ArrayElements.isWritten(written, firstPage + page)) {
                long pageAddress = address + size + (long) page * pageBytes;
                ByteBuffer stored = bytes.read(pageAddress, pageBytes);
                Checksums.check(stored, pageBytes, "an extensible array page", pageAddress);
                reader.read(stored, first + page * geometry.page(), geometry.page());
            }
        }
    }
}
