package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.chunks.Lines;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.filter.ChunkStream;
import io.cellferry.dataset.hdf5.filter.Filters;
import io.cellferry.dataset.hdf5.index.ChunkGrid;
import io.cellferry.dataset.hdf5.index.ChunkIndex;
import java.util.LinkedHashMap;
import java.util.Map;

/// Giant chunks, read as streams: R writes a whole matrix as one chunk of up to two billion bytes.
///
/// Holds a quarter of a megabyte and the state of a few inflaters for each of the last [#MOST_STREAMS] chunks, so
/// that a band of chunks side by side can be read row by row.
final class StreamedChunks implements ChunkBytes {

    private static final int MOST_STREAMS = 16;
    private static final int PIECE_BYTES = 64 << 10;

    private final FileBytes bytes;
    private final ChunkIndex index;
    private final Filters filters;
    private final byte[] fill;
    private final byte[] piece;
    private final Map<Long, ChunkStream> streams = new LinkedHashMap<>(16, 0.75f, true);

    StreamedChunks(FileBytes bytes, ChunkIndex index, Filters filters, byte[] fill) {
        this.bytes = bytes;
        this.index = index;
        this.filters = filters;
        this.fill = fill;
        this.piece = new byte[Math.max(1, PIECE_BYTES / fill.length) * fill.length];
    }

    /// Whether all chunks side by side are kept open, so that rows in order decode each once.
    static boolean keepsBand(ChunkGrid grid) {
        return grid.chunksInBand() <= MOST_STREAMS;
    }

    /// The most heap a cursor over such chunks takes: input, skipped bytes and a window for every plane of every
    /// stream.
    static long heapBytes(int elementBytes) {
        return (long) MOST_STREAMS * Math.min(16, elementBytes) * 4 * PIECE_BYTES;
    }

    /// Lines close together come with what lies between them, long ones in pieces.
    @Override
    public void take(long number, Lines lines, ElementSource.Sink sink) {
        int room = piece.length / fill.length;
        int together =
                lines.length() > room || lines.count() == 1 ? 1 : (int) ((room - lines.length()) / lines.apart()) + 1;
        for (int first = 0; first < lines.count(); ) {
            int now = Math.min(together, lines.count() - first);
            long from = lines.from() + first * lines.apart();
            Lines part = lines.part(first, now);
            if (now > 1) {
                load(number, from, (int) ((now - 1) * lines.apart()) + lines.length());
                sink.take(piece, part);
            } else {
                line(number, from, lines.length(), part.place(), sink);
            }
            first += now;
        }
    }

    private void line(long number, long from, int length, int place, ElementSource.Sink sink) {
        int room = piece.length / fill.length;
        for (int done = 0; done < length; ) {
            int now = Math.min(room, length - done);
            load(number, from + done, now);
            sink.take(piece, Lines.one(0, now, place + done));
            done += now;
        }
    }

    /// Elements `[from, from + count)` of the chunk to the start of the piece.
    private void load(long number, long from, int count) {
        if (index.address(number) != FileBytes.NOWHERE) {
            read(number, from * fill.length, count * fill.length);
            return;
        }
        for (int element = 0; element < count; element++) {
            System.arraycopy(fill, 0, piece, element * fill.length, fill.length);
        }
    }

    private void read(long number, long from, int count) {
        try {
            stream(number).read(from, piece, count);
        } catch (Malformed e) {
            throw new Malformed(
                    "chunk %,d at address %,d: %s".formatted(number, index.address(number), e.getMessage()), e);
        }
    }

    private ChunkStream stream(long number) {
        ChunkStream found = streams.get(number);
        if (found != null) {
            return found;
        }
        if (streams.size() == MOST_STREAMS) {
            Map.Entry<Long, ChunkStream> oldest = streams.entrySet().iterator().next();
            streams.remove(oldest.getKey());
            oldest.getValue().close();
        }
        long address = index.address(number);
        ChunkStream opened = ChunkStream.open(
                filters,
                index.mask(number),
                (at, into, count) -> bytes.read(address + at, into, 0, count),
                index.storedSize(number),
                index.grid().chunkBytes());
        streams.put(number, opened);
        return opened;
    }

    @Override
    public void close() {
        streams.values().forEach(ChunkStream::close);
    }
}
