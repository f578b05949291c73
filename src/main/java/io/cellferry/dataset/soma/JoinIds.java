package io.cellferry.dataset.soma;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which row each join id stands for: rows are numbered by ascending id. By convention ids are the row numbers, and
/// then nothing is held; otherwise 8 bytes a row, as long as the data set is open.
final class JoinIds {

    private final int count;
    private final long @Nullable [] ascending;

    private JoinIds(int count, long @Nullable [] ascending) {
        this.count = count;
        this.ascending = ascending;
    }

    /// `ids` are ascending and differ; the array is kept.
    static JoinIds of(long[] ids) {
        boolean numbers = ids.length == 0 || ids[0] == 0 && ids[ids.length - 1] == ids.length - 1L;
        return new JoinIds(ids.length, numbers ? null : ids);
    }

    /// Ids that are row numbers.
    static JoinIds numbers(int count) {
        return new JoinIds(count, null);
    }

    int count() {
        return count;
    }

    boolean areRowNumbers() {
        return ascending == null;
    }

    /// The row of `id`; -1 when no row has it.
    int row(long id) {
        if (ascending == null) {
            return id >= 0 && id < count ? (int) id : -1;
        }
        int found = Arrays.binarySearch(ascending, id);
        return found < 0 ? -1 : found;
    }

    long id(int row) {
        return ascending == null ? row : ascending[row];
    }
}
