package io.cellferry.matrix;

/// Chooses how each slice of a block is packed, and packs it.
///
/// Holds the codes and bits of one slice, 65,536 x (4 + 4 or 8) bytes = 768 KiB at most.
final class SlicePacker {

    private final ValueType type;
    private final RowDictionaries dictionaries;
    private final int[] codes = new int[BlockSort.MOST_CELLS];
    private final ValueBuffer bits;
    private SliceKind kind = SliceKind.COUNTS;

    SlicePacker(ValueType type, RowDictionaries dictionaries) {
        this.type = type;
        this.dictionaries = dictionaries;
        this.bits = new ValueBuffer(type);
    }

    /// Packs the slice `tokens[from, to)`, of at least one value, into `out` from `at` on, where every value has room
    /// for [PackedSlice#mostBytesPerValue]. `values` are those of the block. Returns the end.
    ///
    /// Counts show only while they are packed as such: a look at every code beforehand would take as long again.
    int pack(long[] tokens, int from, int to, ValueBuffer values, byte[] out, int at) {
        kind = SliceKind.COUNTS;
        int end = ValueCode.isCount(BlockSort.code(tokens[from]))
                ? PackedSlice.packCounts(tokens, from, to, out, at)
                : PackedSlice.NOT_COUNTS;
        if (end == PackedSlice.NOT_COUNTS) {
            kind = worthCoding(tokens, from, to) ? SliceKind.CODED : SliceKind.WIDE;
            end = kind == SliceKind.CODED
                    ? packCoded(tokens, from, to, values, out, at)
                    : packWide(tokens, from, to, values, out, at);
        }
        return end;
    }

    /// How the last slice was packed.
    SliceKind kind() {
        return kind;
    }

    /// Whether a coded slice cannot take more than a wide one: its entries have at most two bytes more than the gaps,
    /// `2 x entries`, and it spares the values that are common, `bytes x common`.
    private boolean worthCoding(long[] tokens, int from, int to) {
        int common = 0;
        for (int i = from; i < to; i++) {
            common += ValueCode.place(BlockSort.code(tokens[i])) == 0 ? 0 : 1;
        }
        return common * type.bytes() >= 2 * (to - from);
    }

    private int packCoded(long[] tokens, int from, int to, ValueBuffer values, byte[] out, int at) {
        int end = at;
        int previous = -1;
        int rare = 0;
        for (int i = from; i < to; i++) {
            int cell = BlockSort.cell(tokens[i]);
            int code = BlockSort.code(tokens[i]);
            int place = ValueCode.place(code);
            end = PackedSlice.packEntry(cell - previous, place, out, end);
            previous = cell;
            codes[rare] = code; // stays when it has no place
            rare += place == 0 ? 1 : 0;
        }
        bits.ensureCapacity(BlockSort.MOST_CELLS);
        WholeCounts.decode(codes, rare, bits, 0);
        for (int i = 0; i < rare; i++) {
            if (!ValueCode.isCount(codes[i])) {
                copyBits(values, ValueCode.index(codes[i]), i);
            }
        }
        return PackedSlice.packBits(bits, 0, rare, out, end);
    }

    private int packWide(long[] tokens, int from, int to, ValueBuffer values, byte[] out, int at) {
        int count = to - from;
        for (int i = 0; i < count; i++) {
            codes[i] = BlockSort.code(tokens[from + i]);
        }
        bits.ensureCapacity(BlockSort.MOST_CELLS);
        WholeCounts.decode(codes, count, bits, 0);
        for (int i = 0; i < count; i++) {
            int place = ValueCode.place(codes[i]);
            if (place > 0) {
                copyBits(dictionaries.values(), dictionaries.before(BlockSort.cell(tokens[from + i])) + place, i);
            } else if (!ValueCode.isCount(codes[i])) {
                copyBits(values, ValueCode.index(codes[i]), i);
            }
        }
        int gapsEnd = PackedSlice.packGaps(tokens, from, to, out, at);
        return PackedSlice.packBits(bits, 0, count, out, gapsEnd);
    }

    private void copyBits(ValueBuffer source, int from, int to) {
        if (type.bytes() == Integer.BYTES) {
            bits.four()[to] = source.four()[from];
        } else {
            bits.eight()[to] = source.eight()[from];
        }
    }
}
