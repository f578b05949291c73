package io.cellferry.matrix;

import java.util.Arrays;

/// Turns the stored values of one block from cell order into position order, in two counting sorts.
///
/// The first one distributes over buckets of 256 neighbouring positions: few enough write streams to stay in the
/// cache, where one stream per gene would miss it with every value. The second one sorts one bucket at a time, in a
/// buffer that the packing which follows reads while it is still warm. Both are stable, so cells stay ascending.
///
/// What is moved is a *token* for every wanted value: the position in its bucket (bits 48–55), the cell in the block
/// (bits 32–47) and the value's [ValueCode] (bits 0–31).
///
/// Memory, kept from block to block: 8 bytes per wanted value for the tokens, another 8 per value of the largest
/// bucket (all of them when fewer than 257 genes are wanted), each with 1/16 of slack, 4 per value of the longest
/// row, and 4 per position.
final class BlockSort {

    /// The position within a bucket takes eight bits of a token.
    static final int BUCKET_POSITIONS = 256;

    /// The cell within a block takes sixteen bits of a token.
    static final int MOST_CELLS = 1 << 16;

    private static final int BUCKET_SHIFT = 8;

    private final int[] positions;
    private final int buckets;
    private final int[] bucketStarts;
    private final int[] bucketEnds;
    // Stored values of each position, filled up to a whole bucket.
    private final int[] counts;
    private final int[] sliceEnds = new int[BUCKET_POSITIONS];
    private long[] tokens = new long[0];
    private long[] bucketTokens = new long[0];
    private int[] codes = new int[0];

    BlockSort(GeneSelection selection) {
        this.positions = selection.positions();
        // At least one, so that a selection of nothing needs no special case.
        this.buckets = Math.max(1, (selection.count() + BUCKET_POSITIONS - 1) >>> BUCKET_SHIFT);
        this.bucketStarts = new int[buckets + 1];
        this.bucketEnds = new int[buckets];
        this.counts = new int[buckets << BUCKET_SHIFT];
    }

    /// First sort: takes up everything wanted from `block`, with the codes that `coder` finds. Returns how many
    /// stored values that were.
    int distribute(CsrBlock block, RowCoder coder) {
        int wanted = countBuckets(block.genes(), block.storedValues());
        if (tokens.length < wanted) {
            tokens = new long[0]; // lets the old array go before the larger one comes
            tokens = new long[withSlack(wanted)];
        }
        int[] rowStarts = block.rowStarts();
        int cells = block.cells().count();
        for (int cell = 0; cell < cells; cell++) {
            int from = rowStarts[cell];
            int to = rowStarts[cell + 1];
            if (codes.length < to - from) {
                codes = new int[withSlack(to - from)];
            }
            coder.encode(block, cell, codes);
            distributeRow(block.genes(), from, to, (long) cell << 32);
        }
        return wanted;
    }

    // Genes come ascending, so many values in a row go to the same bucket; its end stays in a register meanwhile.
    private void distributeRow(int[] genes, int from, int to, long cellBits) {
        int[] positionOf = positions;
        int[] codeOf = codes;
        long[] into = tokens;
        int bucket = 0;
        int end = bucketEnds[0];
        for (int i = from; i < to; i++) {
            int position = positionOf[genes[i]];
            if (position >= 0) {
                if (position >>> BUCKET_SHIFT != bucket) {
                    bucketEnds[bucket] = end;
                    bucket = position >>> BUCKET_SHIFT;
                    end = bucketEnds[bucket];
                }
                long inBucket = (long) (position & (BUCKET_POSITIONS - 1)) << 48;
                into[end++] = inBucket | cellBits | (codeOf[i - from] & 0xffff_ffffL);
            }
        }
        bucketEnds[bucket] = end;
    }

    // Counting every position costs no more than counting buckets, and spares the second sort its own count.
    private int countBuckets(int[] genes, int storedValues) {
        int[] positionOf = positions;
        int[] countOf = counts;
        Arrays.fill(countOf, 0);
        for (int i = 0; i < storedValues; i++) {
            int position = positionOf[genes[i]];
            if (position >= 0) {
                countOf[position]++;
            }
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            int sum = 0;
            for (int i = bucket << BUCKET_SHIFT; i < bucket + 1 << BUCKET_SHIFT; i++) {
                sum += countOf[i];
            }
            bucketStarts[bucket + 1] = bucketStarts[bucket] + sum;
        }
        System.arraycopy(bucketStarts, 0, bucketEnds, 0, buckets);
        return bucketStarts[buckets];
    }

    /// Second sort: makes the slices of `bucket` readable until the next call.
    void open(int bucket) {
        int from = bucketStarts[bucket];
        int to = bucketStarts[bucket + 1];
        if (bucketTokens.length < to - from) {
            bucketTokens = new long[0];
            bucketTokens = new long[withSlack(to - from)];
        }
        int start = 0;
        for (int slice = 0; slice < BUCKET_POSITIONS; slice++) {
            sliceEnds[slice] = start;
            start += counts[(bucket << BUCKET_SHIFT) + slice];
        }
        sortBucket(tokens, from, to, bucketTokens, sliceEnds);
    }

    // `ends` holds the start of every slice; each turns into the end as the slice fills.
    private static void sortBucket(long[] tokens, int from, int to, long[] sorted, int[] ends) {
        for (int i = from; i < to; i++) {
            long token = tokens[i];
            sorted[ends[(int) (token >>> 48)]++] = token;
        }
    }

    /// Tokens of the open bucket; the slice of position `p` is `[sliceFrom(p), sliceTo(p))`, cells ascending.
    long[] bucketTokens() {
        return bucketTokens;
    }

    int sliceFrom(int position) {
        int inBucket = position & (BUCKET_POSITIONS - 1);
        return inBucket == 0 ? 0 : sliceEnds[inBucket - 1];
    }

    int sliceTo(int position) {
        return sliceEnds[position & (BUCKET_POSITIONS - 1)];
    }

    static int cell(long token) {
        return (int) (token >>> 32) & (MOST_CELLS - 1);
    }

    static int code(long token) {
        return (int) token;
    }

    // Blocks differ a little in size; without slack every slightly larger one would allocate again.
    static int withSlack(int values) {
        return (int) Math.min(values + (long) (values >>> 4), Integer.MAX_VALUE - 8);
    }
}
