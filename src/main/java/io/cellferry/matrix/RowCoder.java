package io.cellferry.matrix;

import java.util.Arrays;

/// Finds the [ValueCode] of every value of a block, row by row, and on the way which values are common in a row.
///
/// A row takes a dictionary when at least an eighth of its values are no whole counts; one that holds counts and a few
/// other values keeps its counts. What a row becomes depends on the row and on the wanted genes, on nothing else.
///
/// Some 50 KiB, and 2 x 17/16 bytes per value of the longest row.
final class RowCoder {

    /// Values that are told apart in a row; those that come first later are taken for rare.
    static final int MOST_DISTINCT = 1024;

    private static final int SLOT_BITS = 12;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private static final int LEAST_SHARE = 8;

    /// After each so many values a row is given up in which more than half of the values are new.
    private static final int TRIED = 256;

    private final RowDictionaries dictionaries;
    private final int[] positions;
    private final boolean everyGene;

    // Numbers of values by hash, from 1 on in the order in which they come; 0 where there is none. A quarter is taken
    // at most.
    private final char[] slots = new char[SLOTS];
    private final int[] slotOf = new int[MOST_DISTINCT + 1];
    private final long[] bitsOf = new long[MOST_DISTINCT + 1];
    private final int[] repeats = new int[MOST_DISTINCT + 1];
    private final int[] places = new int[MOST_DISTINCT + 1];
    private final long[] ranking = new long[MOST_DISTINCT];
    private int distinct;
    private char[] numbers = new char[0];

    RowCoder(GeneSelection selection, RowDictionaries dictionaries) {
        this.dictionaries = dictionaries;
        this.positions = selection.positions();
        this.everyGene = selection.count() == selection.genes();
    }

    /// Writes the codes of row `cell` to the start of `codes`. Rows come in their order.
    void encode(CsrBlock block, int cell, int[] codes) {
        int from = block.rowStarts()[cell];
        int to = block.rowStarts()[cell + 1];
        WholeCounts.encode(block.values(), from, to, codes);
        dictionaries.beginRow();
        if (worthTrying(codes, to - from)) {
            if (numberValues(block, from, to) && findPlaces()) {
                replace(codes, to - from);
            }
            forget();
        }
    }

    private static boolean worthTrying(int[] codes, int count) {
        int others = 0;
        for (int i = 0; i < count; i++) {
            others += codes[i] >>> 31;
        }
        return count >= RowDictionaries.LEAST_REPEATS && others >= count / LEAST_SHARE + 1;
    }

    /// Whether it was worth going on to the end.
    private boolean numberValues(CsrBlock block, int from, int to) {
        if (numbers.length < to - from) {
            numbers = new char[BlockSort.withSlack(to - from)];
        }
        for (int start = from; start < to; start += TRIED) {
            if (distinct > (start - from) / 2) {
                return false;
            }
            int end = Math.min(to, start + TRIED);
            if (block.values().type().bytes() == Integer.BYTES) {
                numberFour(block.values().four(), block.genes(), from, start, end);
            } else {
                numberEight(block.values().eight(), block.genes(), from, start, end);
            }
        }
        return true;
    }

    private void numberFour(int[] bits, int[] genes, int row, int from, int to) {
        char[] into = numbers;
        for (int i = from; i < to; i++) {
            into[i - row] = everyGene || positions[genes[i]] >= 0 ? number(bits[i]) : 0;
        }
    }

    private void numberEight(long[] bits, int[] genes, int row, int from, int to) {
        char[] into = numbers;
        for (int i = from; i < to; i++) {
            into[i - row] = everyGene || positions[genes[i]] >= 0 ? number(bits[i]) : 0;
        }
    }

    private char number(long bits) {
        int slot = (int) (bits * GOLDEN >>> Long.SIZE - SLOT_BITS);
        char number = slots[slot];
        while (number != 0) {
            if (bitsOf[number] == bits) {
                repeats[number]++;
                return number;
            }
            slot = slot + 1 & SLOTS - 1;
            number = slots[slot];
        }
        return newNumber(bits, slot);
    }

    private char newNumber(long bits, int slot) {
        if (distinct == MOST_DISTINCT) {
            return 0;
        }
        distinct++;
        slots[slot] = (char) distinct;
        slotOf[distinct] = slot;
        bitsOf[distinct] = bits;
        repeats[distinct] = 1;
        return (char) distinct;
    }

    /// Gives the commonest values places, those that came first before others that are as common. Whether there are
    /// any.
    private boolean findPlaces() {
        int common = 0;
        for (int number = 1; number <= distinct; number++) {
            if (repeats[number] >= RowDictionaries.LEAST_REPEATS) {
                ranking[common++] = (long) (Integer.MAX_VALUE - repeats[number]) << 32 | number;
            }
        }
        Arrays.sort(ranking, 0, common);
        int kept = Math.min(common, RowDictionaries.MOST_IN_ROW);
        for (int place = 1; place <= kept; place++) {
            int number = (int) ranking[place - 1];
            places[number] = place;
            dictionaries.add(bitsOf[number]);
        }
        return kept > 0;
    }

    private void replace(int[] codes, int count) {
        for (int i = 0; i < count; i++) {
            int place = places[numbers[i]];
            codes[i] = place == 0 ? codes[i] : ValueCode.inDictionary(place);
        }
    }

    private void forget() {
        for (int number = 1; number <= distinct; number++) {
            slots[slotOf[number]] = 0;
            places[number] = 0;
        }
        distinct = 0;
    }
}
