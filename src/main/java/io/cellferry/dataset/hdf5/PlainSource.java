package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.chunks.Lines;
import io.cellferry.dataset.hdf5.bytes.FileBytes;

/// Elements in one piece: in the file, in the header, or nowhere, when all of them are fill values.
final class PlainSource implements ElementSource {

    /// Large enough to make calls cheap, small enough to stay in the second-level cache.
    static final int PIECE_BYTES = 256 << 10;

    private final FileBytes bytes;
    private final long address;
    private final int elementBytes;
    private byte[] piece = new byte[0];
    private final byte[] fill;

    private PlainSource(FileBytes bytes, long address, int elementBytes, byte[] fill) {
        this.bytes = bytes;
        this.address = address;
        this.elementBytes = elementBytes;
        this.fill = fill;
    }

    static ElementSource of(FileBytes bytes, StorageLayout.Contiguous layout, int elementBytes, byte[] fill) {
        return new PlainSource(bytes, layout.address(), elementBytes, fill);
    }

    static ElementSource of(StorageLayout.Compact layout, int elementBytes) {
        byte[] data = layout.data();
        return (from, count, sink) -> {
            if (from + count > data.length / elementBytes) {
                throw new Malformed(
                        "compact data of %,d bytes end before element %,d".formatted(data.length, from + count));
            }
            if (count > 0) {
                sink.take(data, Lines.one(from, count, 0));
            }
        };
    }

    @Override
    public void read(long from, int count, Sink sink) {
        int pieceElements = Math.max(1, PIECE_BYTES / elementBytes);
        prepare(Math.min(pieceElements, count));
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, pieceElements);
            if (address != FileBytes.NOWHERE) {
                long at = address + Math.multiplyExact(from + done, elementBytes);
                bytes.read(at, piece, 0, now * elementBytes);
            }
            sink.take(piece, Lines.one(0, now, done));
            done += now;
        }
    }

    private void prepare(int elements) {
        if (piece.length < elements * elementBytes) {
            piece = new byte[elements * elementBytes];
            if (address == FileBytes.NOWHERE) {
                for (int at = 0; at < piece.length; at += elementBytes) {
                    System.arraycopy(fill, 0, piece, at, elementBytes);
                }
            }
        }
    }
}
