package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.Fragment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the cells of a data frame lie, row by row. Frames are mostly written once, or appended to: then their
/// fragments follow each other and nothing is held. Otherwise 8 bytes a row, as long as the data set is open.
final class RowOrder {

    private static final int FRAGMENT_SHIFT = 40;

    private final List<Fragment> fragments;
    private final int rows;
    private final int[] starts;
    private final long @Nullable [] places;

    private RowOrder(List<Fragment> fragments, int rows, int[] starts, long @Nullable [] places) {
        this.fragments = List.copyOf(fragments);
        this.rows = rows;
        this.starts = starts;
        this.places = places;
    }

    /// Rows are the cells of the fragments one after the other.
    static RowOrder straight(List<Fragment> fragments) {
        int[] starts = new int[fragments.size() + 1];
        for (int i = 0; i < fragments.size(); i++) {
            starts[i + 1] = Math.toIntExact(starts[i] + fragments.get(i).cells());
        }
        return new RowOrder(fragments, starts[fragments.size()], starts, null);
    }

    /// Row `i` lies at `places[i]`, see [#place]; the array is kept.
    static RowOrder scattered(List<Fragment> fragments, long[] places) {
        return new RowOrder(fragments, places.length, new int[0], places);
    }

    static long place(int fragment, int cell) {
        return (long) fragment << FRAGMENT_SHIFT | cell;
    }

    List<Fragment> fragments() {
        return fragments;
    }

    int rows() {
        return rows;
    }

    /// The fragment of a row and the cell in it, as [#fragment] and [#cell] take them apart.
    long place(int row) {
        if (places != null) {
            return places[row];
        }
        int found = Arrays.binarySearch(starts, row);
        int fragment = found < 0 ? -found - 2 : found;
        return place(fragment, row - starts[fragment]);
    }

    static int fragment(long place) {
        return (int) (place >>> FRAGMENT_SHIFT);
    }

    static int cell(long place) {
        return (int) place;
    }
}
