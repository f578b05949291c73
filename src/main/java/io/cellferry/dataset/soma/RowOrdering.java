package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.CellBits;
import io.cellferry.dataset.tiledb.ColumnReader;
import io.cellferry.dataset.tiledb.Fragment;
import io.cellferry.dataset.tiledb.FragmentColumn;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.dataset.tiledb.filter.Datatype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Reads the join ids of a data frame and puts its rows in their order; of several cells with one id the newest
/// counts.
///
/// Takes 16 bytes a row while it runs, and 32 more when fragments overlap.
final class RowOrdering {

    static final String JOIN_ID = "soma_joinid";

    private final StoredArray array;
    private final List<Fragment> fragments;
    private final List<long[]> ids = new ArrayList<>();

    private RowOrdering(StoredArray array) {
        this.array = array;
        this.fragments = new ArrayList<>(array.fragments());
    }

    record Ordered(RowOrder order, JoinIds ids) {}

    static Ordered of(StoredArray array) {
        return new RowOrdering(array).ordered();
    }

    private Ordered ordered() {
        if (array.cells() >= Integer.MAX_VALUE) {
            throw array.refusal("it has %,d rows, more than can be read (2,147,483,646)".formatted(array.cells()));
        }
        requireJoinIds();
        requireComparableFragments();
        try (ColumnReader reader = new ColumnReader(array.folder())) {
            for (Fragment fragment : fragments) {
                ids.add(column(reader, fragment, JOIN_ID, Datatype.INT64));
            }
            return followEachOther() ? straight() : merged(reader);
        }
    }

    private void requireJoinIds() {
        boolean numbers = array.schema().attribute(JOIN_ID).isPresent()
                || array.schema().dimensions().stream()
                        .anyMatch(dimension -> dimension.name().equals(JOIN_ID));
        if (!numbers) {
            throw array.refusal("it has no column %s, which every SOMA data frame has".formatted(JOIN_ID));
        }
    }

    /// Which of two cells replaces the other is decided by their index columns; ids tell that only when they are it.
    private void requireComparableFragments() {
        boolean byId = array.schema().dimensions().size() == 1
                && array.schema().dimensions().getFirst().name().equals(JOIN_ID);
        if (!byId && fragments.size() > 1) {
            throw array.refusal(
                    "it was written in %d pieces and is indexed by other columns than soma_joinid, which is read only "
                                    .formatted(fragments.size())
                            + "in one piece; consolidate and vacuum the array first");
        }
    }

    private long[] column(ColumnReader reader, Fragment fragment, String name, Datatype type) {
        FragmentColumn column = fragment.column(name)
                .filter(found -> found.type() == type && !found.ofAnyLength())
                .orElseThrow(() -> array.refusal("it has no column %s of %s"
                        .formatted(name, type.element().name())));
        if (reader.missingCells(column) > 0) {
            throw array.refusal("rows without a %s".formatted(name));
        }
        long[] values = new long[Math.toIntExact(fragment.cells())];
        int at = 0;
        for (int tile = 0; tile < fragment.tiles(); tile++) {
            byte[] decoded = reader.values(column, tile);
            for (int i = 0; i < fragment.cells(tile); i++) {
                values[at++] = CellBits.at(type, decoded, i);
            }
        }
        return values;
    }

    private boolean followEachOther() {
        List<Integer> byFirst = new ArrayList<>();
        for (int i = 0; i < fragments.size(); i++) {
            byFirst.add(i);
        }
        byFirst.sort(Comparator.comparingLong(i -> ids.get(i)[0]));
        long previous = -1;
        for (int i : byFirst) {
            for (long id : ids.get(i)) {
                if (id <= previous) {
                    return false;
                }
                previous = id;
            }
        }
        List<Fragment> inOrder = byFirst.stream().map(fragments::get).toList();
        List<long[]> idsInOrder = byFirst.stream().map(ids::get).toList();
        fragments.clear();
        fragments.addAll(inOrder);
        ids.clear();
        ids.addAll(idsInOrder);
        return true;
    }

    private Ordered straight() {
        long[] all = new long[Math.toIntExact(array.cells())];
        int at = 0;
        for (long[] some : ids) {
            System.arraycopy(some, 0, all, at, some.length);
            at += some.length;
        }
        return new Ordered(RowOrder.straight(fragments), JoinIds.of(all));
    }

    private Ordered merged(ColumnReader reader) {
        int cells = Math.toIntExact(array.cells());
        long[] id = new long[cells];
        long[] time = new long[cells];
        long[] place = new long[cells];
        int at = 0;
        for (int i = 0; i < fragments.size(); i++) {
            Fragment fragment = fragments.get(i);
            long[] some = ids.get(i);
            System.arraycopy(some, 0, id, at, some.length);
            if (fragment.stamped()) {
                System.arraycopy(column(reader, fragment, Fragment.TIMES, Datatype.UINT64), 0, time, at, some.length);
            } else {
                Arrays.fill(time, at, at + some.length, fragment.name().first());
            }
            for (int cell = 0; cell < some.length; cell++) {
                place[at++] = RowOrder.place(i, cell);
            }
        }
        int[] order = new StableOrder(id).sorted();
        return newest(order, id, time, place);
    }

    /// Of equal ids the latest time wins, of equal times the newest fragment, which comes last.
    private Ordered newest(int[] order, long[] id, long[] time, long[] place) {
        long[] keptIds = new long[order.length];
        long[] keptPlaces = new long[order.length];
        long keptTime = 0;
        int rows = 0;
        for (int next : order) {
            if (id[next] < 0) {
                throw array.refusal("a row has the join id %,d".formatted(id[next]));
            }
            boolean same = rows > 0 && keptIds[rows - 1] == id[next];
            if (same && !replaceable(keptPlaces[rows - 1], place[next])) {
                throw array.refusal("the join id %,d stands for two rows".formatted(id[next]));
            }
            if (!same) {
                rows++;
            }
            if (!same || time[next] >= keptTime) {
                keptIds[rows - 1] = id[next];
                keptPlaces[rows - 1] = place[next];
                keptTime = time[next];
            }
        }
        return new Ordered(
                RowOrder.scattered(fragments, Arrays.copyOf(keptPlaces, rows)),
                JoinIds.of(Arrays.copyOf(keptIds, rows)));
    }

    /// One write has one cell for each place, unless it merged several and kept their times.
    private boolean replaceable(long one, long other) {
        int fragment = RowOrder.fragment(one);
        return fragment != RowOrder.fragment(other) || fragments.get(fragment).stamped();
    }
}
