package io.cellferry.dataset;

import java.util.BitSet;
import java.util.List;

/// One annotation of every cell. The arrays belong to the caller.
public sealed interface ObsColumn {

    String name();

    /// Numbers. `missing` marks cells whose value is absent by a mask (nullable types); NaN in `values` is a stored
    /// NaN. 8 bytes a cell. Integers beyond 2^53 are rounded to the nearest double.
    record Numbers(String name, double[] values, BitSet missing) implements ObsColumn {}

    /// True or false; `missing` as in [Numbers].
    record Flags(String name, BitSet values, int cells, BitSet missing) implements ObsColumn {}

    /// `codes` holds one index into `labels` per cell; -1 marks a cell without a value. Labels come in stored order,
    /// with unused ones, and may repeat if the file repeats them. 4 bytes a cell. A column with more than
    /// [#MOST_LABELS] labels is refused before they are read, for the reasons of [Texts].
    record Categories(String name, List<Label> labels, int[] codes, boolean ordered) implements ObsColumn {
        public static final int MOST_LABELS = Texts.MOST_DISTINCT;

        public Categories {
            labels = List.copyOf(labels);
        }
    }

    /// Plain text, one string a cell, kept as `distinct` texts in order of first appearance and one index per cell;
    /// -1 marks a missing text. Reading stops with a refusal once more than [#MOST_DISTINCT] different texts were
    /// seen: no viewer format here can code more, and memory stays bounded by that number.
    record Texts(String name, List<String> distinct, int[] codes) implements ObsColumn {
        public static final int MOST_DISTINCT = 65_536;

        public Texts {
            distinct = List.copyOf(distinct);
        }
    }
}
