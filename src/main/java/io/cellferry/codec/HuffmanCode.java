package io.cellferry.codec;

import java.util.Arrays;

/// A code of as few bits as the frequencies allow, no symbol longer than a limit; canonical, as deflate wants it.
///
/// Made once for `symbols` symbols and reused: 44 bytes a symbol.
final class HuffmanCode {

    private static final int SYMBOL_BITS = 9;

    private final int longest;
    private final byte[] lengths;
    private final long[] tokens;
    private final long[] leaves;
    private final long[] weights;
    private final int[] parents;
    private final int[] depths;

    HuffmanCode(int symbols, int longest) {
        this.longest = longest;
        this.lengths = new byte[symbols];
        this.tokens = new long[symbols];
        this.leaves = new long[symbols];
        this.weights = new long[symbols];
        this.parents = new int[2 * symbols];
        this.depths = new int[2 * symbols];
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    /// The bits of `symbol` as [BitSink#add(long)] takes them; none for a symbol without code.
    long token(int symbol) {
        return tokens[symbol];
    }

    int symbols() {
        return lengths.length;
    }

    /// Symbols of frequency 0 get no code; at least one symbol must have another.
    void assign(int[] frequencies) {
        Arrays.fill(lengths, (byte) 0);
        int used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (frequencies[symbol] > 0) {
                leaves[used++] = (long) frequencies[symbol] << SYMBOL_BITS | symbol;
            }
        }
        if (used == 1) {
            lengths[symbol(0)] = 1;
        } else {
            Arrays.sort(leaves, 0, used);
            join(used);
            shorten(used);
        }
        number();
    }

    private int symbol(int leaf) {
        return (int) leaves[leaf] & ((1 << SYMBOL_BITS) - 1);
    }

    /// Joins the two lightest trees again and again. Leaves come sorted, and joined trees grow in weight, so both lie
    /// in queues. Leaves are numbered from 0, joined trees behind them.
    private void join(int used) {
        int leaf = 0;
        int tree = 0;
        for (int joined = 0; joined < used - 1; joined++) {
            long weight = 0;
            for (int side = 0; side < 2; side++) {
                boolean takeLeaf = leaf < used && (tree >= joined || leaves[leaf] >>> SYMBOL_BITS <= weights[tree]);
                if (takeLeaf) {
                    weight += leaves[leaf] >>> SYMBOL_BITS;
                    parents[leaf++] = used + joined;
                } else {
                    weight += weights[tree];
                    parents[used + tree++] = used + joined;
                }
            }
            weights[joined] = weight;
        }
    }

    /// Takes the depth of each leaf for its length, cut to the longest allowed, and lengthens others until the code
    /// fits again. Heavier symbols then get the shorter lengths.
    private void shorten(int used) {
        int[] ofLength = new int[longest + 1];
        int root = 2 * used - 2;
        depths[root] = 0;
        for (int node = root - 1; node >= 0; node--) {
            depths[node] = depths[parents[node]] + 1;
            if (node < used) {
                ofLength[Math.min(depths[node], longest)]++;
            }
        }
        long taken = 0;
        for (int length = 1; length <= longest; length++) {
            taken += (long) ofLength[length] << (longest - length);
        }
        while (taken > 1L << longest) {
            int length = longest - 1;
            while (ofLength[length] == 0) {
                length--;
            }
            ofLength[length]--;
            ofLength[length + 1] += 2;
            ofLength[longest]--;
            taken--;
        }
        int leaf = 0;
        for (int length = longest; length >= 1; length--) {
            for (int i = 0; i < ofLength[length]; i++) {
                lengths[symbol(leaf++)] = (byte) length;
            }
        }
    }

    private void number() {
        int[] next = new int[longest + 2];
        int[] ofLength = new int[longest + 1];
        for (byte length : lengths) {
            ofLength[length]++;
        }
        ofLength[0] = 0;
        for (int length = 1; length <= longest; length++) {
            next[length + 1] = (next[length] + ofLength[length]) << 1;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            tokens[symbol] =
                    length == 0 ? 0 : BitSink.token(Integer.reverse(next[length]++) >>> Integer.SIZE - length, length);
        }
    }
}
