package io.cellferry.dataset.elements;

import io.cellferry.dataset.TextArray;
import java.util.List;
import java.util.stream.LongStream;

/// Names for rows that have none: their numbers, from 0.
record NumberedRows(long rows) implements TextArray {

    @Override
    public long[] shape() {
        return new long[] {rows};
    }

    @Override
    public List<String> read(long from, int count) {
        return LongStream.range(from, from + count).mapToObj(Long::toString).toList();
    }
}
