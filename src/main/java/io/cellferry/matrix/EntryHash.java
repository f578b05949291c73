package io.cellferry.matrix;

/// A sum over all entries of a matrix that does not depend on the order in which they come: two matrices with the same
/// cells, genes and values have the same hash, whichever way they lie. Used by one thread; partial hashes add up.
///
/// Each entry is mixed to 64 bits on its own, so a lost, doubled or displaced entry changes the sum except with a
/// chance of 2^-64. Not for those who want to deceive.
public final class EntryHash {

    private long entries;
    private long sum;

    public void add(int cell, int gene, long bits) {
        long place = (long) cell << 32 | gene & 0xffff_ffffL;
        sum += mixed(mixed(place) + bits);
        entries++;
    }

    public void add(EntryHash other) {
        entries += other.entries;
        sum += other.sum;
    }

    /// Entries added.
    public long entries() {
        return entries;
    }

    public long value() {
        return sum;
    }

    // The finaliser of SplitMix64.
    private static long mixed(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
