package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.index.ChunkGrid;
import io.cellferry.dataset.hdf5.index.ChunkLayout;
import java.nio.ByteBuffer;

/// Where the data of a data set lie.
sealed interface StorageLayout {

    /// In the header itself.
    record Compact(byte[] data) implements StorageLayout {}

    /// In one piece; at [FileBytes#NOWHERE] when nothing was ever written.
    record Contiguous(long address) implements StorageLayout {}

    /// In chunks. `plainBorder` says that chunks reaching beyond the border are not filtered.
    record Chunked(ChunkGrid grid, ChunkLayout layout, boolean plainBorder) implements StorageLayout {}

    /// Somewhere we do not read.
    record Unreadable(String what, String remedy) implements StorageLayout {}

    /// Version, class and layout. Versions 1 and 2: rank before the class, 5 reserved bytes, address, dimensions.
    /// Version 3: compact: size, data; contiguous: address, size; chunked: rank + 1, address, chunk extents and
    /// element size of 4 bytes each. Version 4 chunked: flags, rank + 1, width, chunk extents and element size of
    /// that width, kind of index, its parameters, address.
    static StorageLayout read(FileBytes bytes, ObjectHeader header, long[] shape, long[] maxShape, int elementBytes) {
        if (header.has(ObjectHeader.EXTERNAL_FILES)) {
            return new Unreadable("its data lie in other files", "Copy it into one file, for example with h5repack.");
        }
        ByteBuffer body = header.first(ObjectHeader.LAYOUT)
                .orElseThrow(() -> new Malformed("its header does not say where the data lie"))
                .read();
        int version = body.get();
        return switch (version) {
            case 1, 2 -> old(bytes, body, shape, maxShape, elementBytes);
            case 3, 4 -> {
                int kind = body.get();
                yield switch (kind) {
                    case 0 -> compact(body, Short.toUnsignedInt(body.getShort()));
                    case 1 -> contiguous(bytes, body, shape, elementBytes);
                    case 2 ->
                        version == 3
                                ? chunkedThree(bytes, body, shape, maxShape, elementBytes)
                                : chunkedFour(bytes, body, shape, maxShape, elementBytes);
                    case 3 ->
                        new Unreadable(
                                "it is a virtual data set, a view of other data sets",
                                "Write the data themselves into the file.");
                    default -> throw new Malformed("a storage layout of class %d".formatted(kind));
                };
            }
            default -> throw new Malformed("a storage layout of version %d".formatted(version));
        };
    }

    private static StorageLayout contiguous(FileBytes bytes, ByteBuffer body, long[] shape, int elementBytes) {
        long address = bytes.address(body);
        long size = bytes.length(body);
        if (address != FileBytes.NOWHERE && size / elementBytes < DatasetHeader.count(shape)) {
            throw new Malformed("data of %,d bytes for %,d elements of %,d"
                    .formatted(size, DatasetHeader.count(shape), elementBytes));
        }
        return new Contiguous(address);
    }

    private static StorageLayout compact(ByteBuffer body, long size) {
        if (size < 0 || size > body.remaining()) {
            throw new Malformed("compact data of %,d bytes in a message of %,d".formatted(size, body.limit()));
        }
        byte[] data = new byte[(int) size];
        body.get(data);
        return new Compact(data);
    }

    private static StorageLayout old(
            FileBytes bytes, ByteBuffer body, long[] shape, long[] maxShape, int elementBytes) {
        int rank = Byte.toUnsignedInt(body.get());
        int kind = body.get();
        body.position(body.position() + 5);
        long address = kind == 0 ? FileBytes.NOWHERE : bytes.address(body);
        long[] extents = new long[rank];
        for (int dimension = 0; dimension < rank; dimension++) {
            extents[dimension] = Integer.toUnsignedLong(body.getInt());
        }
        return switch (kind) {
            case 0 -> compact(body, Integer.toUnsignedLong(body.getInt()));
            case 1 -> new Contiguous(address);
            case 2 ->
                new Chunked(grid(shape, maxShape, extents, elementBytes), new ChunkLayout.TreeOne(address), false);
            default -> throw new Malformed("a storage layout of class %d".formatted(kind));
        };
    }

    private static StorageLayout chunkedThree(
            FileBytes bytes, ByteBuffer body, long[] shape, long[] maxShape, int elementBytes) {
        int rank = Byte.toUnsignedInt(body.get());
        long address = bytes.address(body);
        long[] extents = new long[rank];
        for (int dimension = 0; dimension < rank; dimension++) {
            extents[dimension] = Integer.toUnsignedLong(body.getInt());
        }
        return new Chunked(grid(shape, maxShape, extents, elementBytes), new ChunkLayout.TreeOne(address), false);
    }

    private static StorageLayout chunkedFour(
            FileBytes bytes, ByteBuffer body, long[] shape, long[] maxShape, int elementBytes) {
        int flags = body.get();
        int rank = Byte.toUnsignedInt(body.get());
        int width = Byte.toUnsignedInt(body.get());
        if (width < 1 || width > 8) {
            throw new Malformed("chunk extents of %d bytes".formatted(width));
        }
        long[] extents = new long[rank];
        for (int dimension = 0; dimension < rank; dimension++) {
            extents[dimension] = FileBytes.number(body, width);
        }
        ChunkGrid grid = grid(shape, maxShape, extents, elementBytes);
        int kind = body.get();
        ChunkLayout layout =
                switch (kind) {
                    case 1 -> {
                        boolean filtered = (flags & 2) != 0;
                        long size = filtered ? bytes.length(body) : grid.chunkBytes();
                        int mask = filtered ? body.getInt() : 0;
                        yield new ChunkLayout.Single(bytes.address(body), size, mask);
                    }
                    case 2 -> new ChunkLayout.Implicit(bytes.address(body));
                    case 3 -> new ChunkLayout.FixedArray(addressAfter(bytes, body, 1));
                    case 4 -> new ChunkLayout.ExtensibleArray(addressAfter(bytes, body, 5));
                    case 5 -> new ChunkLayout.TreeTwo(addressAfter(bytes, body, 6));
                    default -> throw new Malformed("a chunk index of kind %d".formatted(kind));
                };
        return new Chunked(grid, layout, (flags & 1) != 0);
    }

    private static long addressAfter(FileBytes bytes, ByteBuffer body, int parameters) {
        body.position(body.position() + parameters);
        return bytes.address(body);
    }

    /// `extents` ends with the element size.
    private static ChunkGrid grid(long[] shape, long[] maxShape, long[] extents, int elementBytes) {
        if (extents.length != shape.length + 1) {
            throw new Malformed(
                    "chunks of %d dimensions in a data set of %d".formatted(extents.length - 1, shape.length));
        }
        if (extents[shape.length] != elementBytes) {
            throw new Malformed("chunks of elements of %,d bytes where the type has %,d"
                    .formatted(extents[shape.length], elementBytes));
        }
        long chunkBytes = elementBytes;
        for (int dimension = 0; dimension < shape.length; dimension++) {
            if (extents[dimension] <= 0 || chunkBytes > (1L << 40) / extents[dimension]) {
                throw new Malformed("a chunk extent of %,d".formatted(extents[dimension]));
            }
            chunkBytes *= extents[dimension];
        }
        return new ChunkGrid(shape, maxShape, java.util.Arrays.copyOf(extents, shape.length), chunkBytes);
    }
}
