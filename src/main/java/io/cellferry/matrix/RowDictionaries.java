package io.cellferry.matrix;

import java.util.zip.CRC32C;

/// The values that are common in the rows of one block, row by row, the commonest first.
///
/// Normalised counts repeat: all genes with the same count in a cell share a value. Only values that a row holds at
/// least 16 times are kept, the others stay where they are. So dictionaries are small, a sixteenth of the values at
/// most and a four-hundredth in usual data, and a merge can read them again with every range of genes: nothing has to
/// stay in memory for all runs, and no row has too many values for a dictionary.
///
/// In a run they take one byte for each cell (how many values its row has), then all values, in 4 or 8 bytes each,
/// little end first. A run whose rows have none has neither.
///
/// Kept from block to block: 4 bytes per cell of the block; 4 or 8 bytes for a sixteenth of its values, or for 127
/// values of each of its cells where that is less; and a piece of 64 KiB when they are read. [#bytes] is the sum.
final class RowDictionaries {

    /// A code takes a byte in a packed slice.
    static final int MOST_IN_ROW = 127;

    /// A value is read with each of some 64 ranges of genes, and spared as often as it repeats.
    static final int LEAST_REPEATS = 16;

    // Room for a byte of every cell of a block.
    private static final int PIECE_BYTES = BlockSort.MOST_CELLS;

    private final ValueBuffer values;
    private int[] starts = new int[1];
    private int cells;
    private byte[] piece = new byte[0];

    RowDictionaries(ValueType type) {
        this.values = new ValueBuffer(type);
    }

    /// The most that dictionaries of `cells` rows with `storedValues` values take in memory.
    static long bytes(ValueType type, int cells, long storedValues) {
        return mostValues(cells, storedValues) * type.bytes() + (cells + 1L) * Integer.BYTES + PIECE_BYTES;
    }

    private static long mostValues(int cells, long storedValues) {
        return Math.min(storedValues / LEAST_REPEATS, (long) cells * MOST_IN_ROW);
    }

    /// What they take in a run.
    static long fileBytes(ValueType type, int cells, int count) {
        return count == 0 ? 0 : cells + (long) count * type.bytes();
    }

    /// Begins the dictionaries of `block`, without a row so far.
    void reset(CsrBlock block) {
        int most = Math.toIntExact(mostValues(block.cells().count(), block.storedValues()));
        makeRoom(block.cells().count(), most);
        cells = 0;
    }

    private void makeRoom(int rows, int most) {
        if (starts.length < rows + 1) {
            starts = new int[rows + 1];
        }
        values.ensureCapacity(most);
    }

    /// Begins the dictionary of the next row.
    void beginRow() {
        cells++;
        starts[cells] = starts[cells - 1];
    }

    /// Adds a value to the dictionary of the row that was begun last.
    void add(long bits) {
        int at = starts[cells]++;
        if (values.type().bytes() == Integer.BYTES) {
            values.four()[at] = (int) bits;
        } else {
            values.eight()[at] = bits;
        }
    }

    /// Values in all rows.
    int count() {
        return starts[cells];
    }

    /// One before the first value of each row, so that places from 1 on can be added. The values are [#values].
    int before(int cell) {
        return starts[cell] - 1;
    }

    ValueBuffer values() {
        return values;
    }

    /// Writes them to `sink` by way of `out`, as long as a mebibyte. Returns the checksum.
    int write(byte[] out, RunSink sink) {
        var checksum = new CRC32C();
        if (count() > 0) {
            for (int cell = 0; cell < cells; cell++) {
                out[cell] = (byte) (starts[cell + 1] - starts[cell]);
            }
            checksum.update(out, 0, cells);
            sink.write(out, 0, cells);
            int most = out.length / values.type().bytes();
            for (int from = 0; from < count(); from += most) {
                int bytes = PackedSlice.packBits(values, from, Math.min(most, count() - from), out, 0);
                checksum.update(out, 0, bytes);
                sink.write(out, 0, bytes);
            }
        }
        return (int) checksum.getValue();
    }

    /// Takes over and checks what `run` has. Nobody may look at them after a refusal.
    void read(RunReader run) {
        RunFooter footer = run.footer();
        var checksum = new CRC32C();
        int rows = footer.cells().count();
        int count = footer.dictionaryValues();
        makeRoom(rows, count);
        cells = rows;
        if (count > 0) {
            long at = footer.dictionariesAt();
            readPiece(run, at, rows, checksum);
            for (int cell = 0; cell < rows; cell++) {
                starts[cell + 1] = starts[cell] + (piece[cell] & 0xff);
            }
            int width = values.type().bytes();
            int most = PIECE_BYTES / width;
            for (int from = 0; from < count; from += most) {
                int some = Math.min(most, count - from);
                readPiece(run, at + rows + (long) from * width, some * width, checksum);
                UnpackedSlice.unpackBits(piece, 0, some, values, from);
            }
        }
        if ((int) checksum.getValue() != footer.dictionaryChecksum() || count > 0 && starts[rows] != count) {
            throw run.damaged("its dictionaries have checksum %08x where %08x is recorded"
                    .formatted((int) checksum.getValue(), footer.dictionaryChecksum()));
        }
    }

    private void readPiece(RunReader run, long at, int bytes, CRC32C checksum) {
        if (piece.length == 0) {
            piece = new byte[PIECE_BYTES];
        }
        run.read(at, piece, bytes);
        checksum.update(piece, 0, bytes);
    }
}
