package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.Shapes;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.index.ChunkGrid;
import io.cellferry.dataset.hdf5.index.ChunkIndex;
import io.cellferry.dataset.hdf5.index.ChunkLayout;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.ReadAhead;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;

/// A data set. Everything but the data is known once it is found; the chunk index is read when data are first asked for
/// and kept. Safe for several threads; bulk reading goes through one [Hdf5Cursor] a thread.
public final class Hdf5Dataset implements TreeArray {

    private final OpenFile file;
    private final String path;
    private final DatasetHeader header;
    private final Hdf5Attributes attributes;
    private final long count;
    private final Once<ChunkIndex> index;

    Hdf5Dataset(OpenFile file, String path, ObjectHeader messages, DatasetHeader header) {
        this.file = file;
        this.path = path;
        this.header = header;
        this.attributes = new Hdf5Attributes(file, path, messages);
        this.count = DatasetHeader.count(header.shape());
        this.index = new Once<>(() -> Guard.reading(file.path(), path + " (chunk index)", this::readIndex));
    }

    private ChunkIndex readIndex() {
        if (!(header.layout() instanceof StorageLayout.Chunked chunked)) {
            throw new IllegalStateException("%s is not chunked".formatted(path));
        }
        boolean filtered = !header.filters().isEmpty();
        return ChunkLayout.index(file.bytes(), chunked.grid(), chunked.layout(), filtered);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Hdf5Attributes attributes() {
        return attributes;
    }

    /// Extent in each dimension; empty for a single value. A data set without any data space has shape `[0]`.
    @Override
    public long[] shape() {
        return header.shape().clone();
    }

    /// Elements over all dimensions.
    @Override
    public long count() {
        return count;
    }

    @Override
    public boolean hasNoSpace() {
        return header.noSpace();
    }

    @Override
    public ElementType type() {
        return header.type().type();
    }

    /// Whether elements are numbers or flags, so that [#valueType] and [#read] work.
    @Override
    public boolean isNumeric() {
        return header.type().valueType().isPresent();
    }

    /// How numbers are delivered; refused for data sets that hold none.
    @Override
    public ValueType valueType() {
        return header.type()
                .valueType()
                .orElseThrow(() -> new InputRefused(
                        "%s: %s should hold numbers, but holds %s.".formatted(file.path(), path, typeName()),
                        "Write it again with a numeric type."));
    }

    /// How the bytes lie, in plain words: `chunks of 22,809, shuffle + gzip`.
    @Override
    public String storage() {
        return switch (header.layout()) {
            case StorageLayout.Compact compact -> "inside the header";
            case StorageLayout.Contiguous contiguous -> "in one piece";
            case StorageLayout.Unreadable unreadable -> unreadable.what();
            case StorageLayout.Chunked chunked -> {
                String extents = Shapes.inWords(chunked.grid().chunk());
                String filters = header.filters().isEmpty()
                        ? ""
                        : ", " + header.filters().describe();
                yield "chunks of " + extents + filters;
            }
        };
    }

    /// Bytes that the elements take in the file. Reads the chunk index.
    @Override
    public long storedBytes() {
        return switch (header.layout()) {
            case StorageLayout.Compact compact -> compact.data().length;
            case StorageLayout.Contiguous contiguous ->
                contiguous.address() == FileBytes.NOWHERE
                        ? 0
                        : Math.multiplyExact(count, header.type().bytes());
            case StorageLayout.Unreadable unreadable -> 0;
            case StorageLayout.Chunked chunked -> index.get().storedBytes();
        };
    }

    /// Extent of a chunk in each dimension; empty when the data set is not chunked.
    @Override
    public Optional<long[]> chunkShape() {
        return grid().map(grid -> grid.chunk().clone());
    }

    private Optional<ChunkGrid> grid() {
        return header.layout() instanceof StorageLayout.Chunked chunked
                ? Optional.of(chunked.grid())
                : Optional.empty();
    }

    /// Whether decoded chunks have more than 64 MiB. Such chunks are read as streams: front to back without loss, but a
    /// jump back starts the chunk again.
    @Override
    public boolean giantChunks() {
        return grid().filter(grid -> grid.chunkBytes() > ChunkBytes.GIANT_BYTES).isPresent();
    }

    /// The most heap that one cursor takes, in bytes: the sum that a memory budget has to count for each thread. The
    /// chunk index, 16 bytes a chunk, comes once for all of them.
    @Override
    public long cursorBytes() {
        long decoding = grid().map(grid -> giantChunks()
                        ? StreamedChunks.heapBytes(header.type().bytes())
                        : WholeChunks.heapBytes(grid, header.filters()))
                .orElse((long) PlainSource.PIECE_BYTES + header.type().bytes());
        return decoding + ahead().map(ReadAhead::heapBytes).orElse(0L);
    }

    /// None for tables, whose fields are read side by side, nor for small arrays in every element.
    @Override
    public Optional<ReadAhead> ahead() {
        return grid().filter(grid -> count > 0 && isNumeric() && !(type() instanceof ElementType.SubArray))
                .filter(grid -> !(giantChunks() ? StreamedChunks.keepsBand(grid) : WholeChunks.keepsBand(grid)))
                .flatMap(grid -> ReadAhead.of(valueType(), grid.shape(), grid.chunk()));
    }

    /// Why the data cannot be read, as far as the header tells; empty when they can.
    @Override
    public Optional<Problem> unreadable() {
        return Unreadability.of(path, header);
    }

    /// A new cursor over all elements, to be closed by the caller. Refused when the data are [#unreadable].
    @Override
    public ArrayCursor cursor() {
        Hdf5Cursor cursor = cursor(header.type(), 0);
        return ahead().map(ahead -> ahead.over(cursor)).orElse(cursor);
    }

    Hdf5Cursor cursor(StoredType.Member member) {
        return cursor(member.type(), member.offset());
    }

    private Hdf5Cursor cursor(StoredType type, int offset) {
        unreadable().ifPresent(problem -> {
            throw new InputRefused("%s: %s: %s".formatted(file.path(), path, problem.found()), problem.remedy());
        });
        ElementSource source = Guard.reading(file.path(), path, this::source);
        return new Hdf5Cursor(
                file,
                path,
                count,
                type,
                source,
                new ElementValues(file.bytes(), type, header.type().bytes(), offset));
    }

    private ElementSource source() {
        int elementBytes = header.type().bytes();
        return switch (header.layout()) {
            case StorageLayout.Compact compact -> PlainSource.of(compact, elementBytes);
            case StorageLayout.Contiguous plain -> PlainSource.of(file.bytes(), plain, elementBytes, header.fill());
            case StorageLayout.Chunked chunked -> {
                ChunkBytes chunks = giantChunks()
                        ? new StreamedChunks(file.bytes(), index.get(), header.filters(), header.fill())
                        : new WholeChunks(
                                file.bytes(), index.get(), header.filters(), chunked.plainBorder(), header.fill());
                yield new ChunkedSource(chunked.grid(), chunks);
            }
            case StorageLayout.Unreadable unreadable -> throw new IllegalStateException(unreadable.what());
        };
    }

    /// The fields of a table in stored order; none when this is no table.
    @Override
    public List<ArrayField> fields() {
        return type() instanceof ElementType.Compound
                ? header.type().members().stream()
                        .<ArrayField>map(member -> new Hdf5Field(this, member))
                        .toList()
                : List.of();
    }
}
