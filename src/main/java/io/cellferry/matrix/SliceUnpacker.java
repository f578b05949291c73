package io.cellferry.matrix;

/// Unpacks the slices of one run after the other into columns.
///
/// Holds 256 KiB of codes, and the dictionaries of the run as soon as a slice asks for them ([RowDictionaries]).
final class SliceUnpacker {

    private final int[] codes = new int[BlockSort.MOST_CELLS];
    private final RowDictionaries dictionaries;
    private boolean dictionariesRead;

    SliceUnpacker(ValueType type) {
        this.dictionaries = new RowDictionaries(type);
    }

    /// Before the first slice of another run.
    void begin() {
        dictionariesRead = false;
    }

    /// Unpacks the slice of `run` at `payload[from]` to the values of `into` from `at` on. Returns the end.
    int unpack(RunReader run, SliceKind kind, byte[] payload, int from, int storedValues, SparseColumn into, int at) {
        int firstCell = run.footer().cells().from();
        return switch (kind) {
            case COUNTS -> {
                int end = UnpackedSlice.unpackCounts(payload, from, storedValues, firstCell, into.cells(), at, codes);
                WholeCounts.decode(codes, storedValues, into.values(), at);
                yield end;
            }
            case CODED -> {
                if (!dictionariesRead) {
                    dictionaries.read(run);
                    dictionariesRead = true;
                }
                int end = UnpackedSlice.unpackCounts(payload, from, storedValues, firstCell, into.cells(), at, codes);
                yield translate(payload, end, storedValues, firstCell, into, at);
            }
            case WIDE -> {
                int gapsEnd = UnpackedSlice.unpackGaps(payload, from, storedValues, firstCell, into.cells(), at);
                yield UnpackedSlice.unpackBits(payload, gapsEnd, storedValues, into.values(), at);
            }
        };
    }

    /// Turns codes into the bits they stand for. Those of rare values begin at `payload[rare]`. Returns their end.
    private int translate(byte[] payload, int rare, int storedValues, int firstCell, SparseColumn into, int at) {
        int[] cells = into.cells();
        int end = rare;
        if (into.values().type().bytes() == Integer.BYTES) {
            int[] common = dictionaries.values().four();
            int[] bits = into.values().four();
            for (int i = 0; i < storedValues; i++) {
                if (codes[i] == 0) {
                    end = UnpackedSlice.unpackBits(payload, end, 1, into.values(), at + i);
                } else {
                    bits[at + i] = common[dictionaries.before(cells[at + i] - firstCell) + codes[i]];
                }
            }
        } else {
            long[] common = dictionaries.values().eight();
            long[] bits = into.values().eight();
            for (int i = 0; i < storedValues; i++) {
                if (codes[i] == 0) {
                    end = UnpackedSlice.unpackBits(payload, end, 1, into.values(), at + i);
                } else {
                    bits[at + i] = common[dictionaries.before(cells[at + i] - firstCell) + codes[i]];
                }
            }
        }
        return end;
    }
}
