package io.cellferry.cellucid;

import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A column as categories: labels in the order a viewer lists them, and one index per cell, -1 where there is none.
///
/// Stored categories keep their order and their unused labels. Texts and flags get only what occurs, sorted: texts by
/// code point (not by UTF-16 unit, as `String` compares). 4 bytes x cells.
record Categorised(List<Label> labels, int[] codes) {

    static Categorised of(ObsColumn.Categories column) {
        return new Categorised(column.labels(), column.codes());
    }

    static Categorised of(ObsColumn.Flags column) {
        BitSet present = new BitSet(column.cells());
        present.set(0, column.cells());
        present.andNot(column.missing());
        BitSet yes = (BitSet) present.clone();
        yes.and(column.values());
        boolean someNo = yes.cardinality() < present.cardinality();
        List<Label> labels = new ArrayList<>();
        if (someNo) {
            labels.add(new Label.Truth(false));
        }
        if (!yes.isEmpty()) {
            labels.add(new Label.Truth(true));
        }
        int codeOfYes = someNo ? 1 : 0;
        int[] codes = new int[column.cells()];
        for (int cell = 0; cell < codes.length; cell++) {
            codes[cell] = !present.get(cell) ? -1 : yes.get(cell) ? codeOfYes : 0;
        }
        return new Categorised(labels, codes);
    }

    static Categorised of(ObsColumn.Texts column) {
        List<String> texts = column.distinct();
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparing(texts::get, CodePoints.ORDER))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rank = new int[order.length];
        List<Label> labels = new ArrayList<>();
        for (int at = 0; at < order.length; at++) {
            rank[order[at]] = at;
            labels.add(new Label.Text(texts.get(order[at])));
        }
        int[] codes = column.codes().clone();
        for (int cell = 0; cell < codes.length; cell++) {
            codes[cell] = codes[cell] < 0 ? -1 : rank[codes[cell]];
        }
        return new Categorised(labels, codes);
    }
}
