package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.filter.Filters;
import io.cellferry.dataset.tree.ElementType;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.FilterPipelineMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// All that a data set's header says. `fill` is one element. A type or storage that cannot be read does not fail: it
/// becomes [ElementType.Other] or [StorageLayout.Unreadable] and says why when somebody asks for the data.
record DatasetHeader(
        long[] shape,
        boolean noSpace,
        long[] maxShape,
        StoredType type,
        StorageLayout layout,
        Filters filters,
        byte[] fill) {

    static DatasetHeader read(OpenFile file, ObjectHeader header) {
        DataSpace space = DataSpace.readDataSpace(message(file, header, ObjectHeader.DATASPACE), file.superblock());
        // A null data space holds nothing at all.
        boolean empty = space.getType() == 2;
        long[] shape = empty ? new long[] {0} : space.getDimensionsAsLong();
        long[] maxShape = empty ? new long[] {0} : space.getMaxSizes();
        for (long extent : shape) {
            if (extent < 0) {
                throw new Malformed("a negative extent in its shape");
            }
        }
        count(shape);
        StoredType type = type(file, header);
        Filters filters = header.has(ObjectHeader.FILTERS)
                ? filters(message(file, header, ObjectHeader.FILTERS), type.bytes())
                : Filters.NONE;
        StorageLayout layout = StorageLayout.read(file.bytes(), header, shape, maxShape, type.bytes());
        return new DatasetHeader(shape, empty, maxShape, type, layout, filters, fill(header, type.bytes()));
    }

    /// Elements of `shape`; refuses shapes whose product is no number.
    static long count(long[] shape) {
        long count = 1;
        for (long extent : shape) {
            if (extent != 0 && count > Long.MAX_VALUE / extent) {
                throw new Malformed("a shape of more than 2^63 elements");
            }
            count *= extent;
        }
        return count;
    }

    private static ByteBuffer message(OpenFile file, ObjectHeader header, int kind) {
        return file.unshared(header.first(kind)
                        .orElseThrow(() -> new Malformed("its header has no message of type %d".formatted(kind))))
                .read();
    }

    private static StoredType type(OpenFile file, ObjectHeader header) {
        ByteBuffer body = message(file, header, ObjectHeader.DATATYPE);
        // The element size follows class and flags in every version and keeps layouts readable of unknown types.
        int bytes = body.getInt(4);
        try {
            return StoredType.of(DataType.readDataType(body));
        } catch (HdfException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new StoredType(
                    new ElementType.Other("a type of class %d that is not supported (%s)"
                            .formatted(body.get(0) & 15, e.getMessage())),
                    bytes,
                    false,
                    StoredType.TextForm.NONE,
                    List.of());
        }
    }

    private static Filters filters(ByteBuffer body, int elementBytes) {
        List<Filters.Filter> filters = new ArrayList<>();
        for (FilterPipelineMessage.FilterInfo stored : new FilterPipelineMessage(body, new BitSet()).getFilters()) {
            filters.add(new Filters.Filter(stored.getId(), stored.getName(), stored.getData()));
        }
        return new Filters(filters, elementBytes);
    }

    /// Version 3: flags (bit 5: defined), size, value. Versions 1 and 2: allocation time, fill time, defined, size,
    /// value. The old message: size, value. Zeros when nothing is said.
    private static byte[] fill(ObjectHeader header, int elementBytes) {
        byte[] zeros = new byte[elementBytes];
        ObjectHeader.Message message = header.first(ObjectHeader.FILL_VALUE)
                .or(() -> header.first(ObjectHeader.OLD_FILL_VALUE))
                .orElse(null);
        if (message == null) {
            return zeros;
        }
        if (message.isShared()) {
            throw new Malformed("a shared fill value, which is not supported");
        }
        ByteBuffer body = message.read();
        if (message.kind() == ObjectHeader.FILL_VALUE) {
            int version = body.get();
            boolean defined;
            if (version == 3) {
                defined = (body.get() & 0x20) != 0;
            } else if (version == 1 || version == 2) {
                body.getShort();
                defined = body.get() != 0 || version == 1;
            } else {
                throw new Malformed("a fill value message of version %d".formatted(version));
            }
            if (!defined) {
                return zeros;
            }
        }
        if (body.remaining() < 4) {
            return zeros;
        }
        int size = body.getInt();
        if (size == 0) {
            return zeros;
        }
        if (size != elementBytes || size > body.remaining()) {
            throw new Malformed("a fill value of %,d bytes for elements of %,d".formatted(size, elementBytes));
        }
        body.get(zeros);
        return zeros;
    }
}
