package io.cellferry.jobs.variablegenes;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.hvg.CellBatches;
import io.cellferry.jobs.NearestWord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// To which batch each cell belongs, from an annotation of any kind: its distinct values are the batches.
final class BatchColumn {

    /// Beyond it whole numbers that differ are read as the same one.
    private static final double MOST_EXACT = 0x1p53 - 1;

    private BatchColumn() {}

    static CellBatches of(CellDataset dataset, HvgOptions options, Catalogue catalogue) {
        Optional<String> key = options.batchKey();
        if (key.isEmpty()) {
            return CellBatches.none(catalogue.cells());
        }
        List<String> known = catalogue.obs().stream().map(ColumnInfo::name).toList();
        if (!known.contains(key.get())) {
            throw new RequestRefused(
                    "%s: there is no annotation \"%s\" of cells; there are: %s."
                            .formatted(
                                    options.flag("batch-key"),
                                    key.get(),
                                    known.isEmpty() ? "none" : String.join(", ", known)),
                    known.isEmpty()
                            ? "Leave %s out.".formatted(options.flag("batch-key"))
                            : "The nearest is \"%s\".".formatted(NearestWord.to(key.get(), known)));
        }
        return switch (dataset.obsColumn(key.get())) {
            case ObsColumn.Categories categories -> categories(categories);
            case ObsColumn.Texts texts -> CellBatches.of(texts.distinct(), texts.codes());
            case ObsColumn.Flags flags -> flags(flags);
            case ObsColumn.Numbers numbers -> numbers(numbers);
        };
    }

    private static CellBatches categories(ObsColumn.Categories categories) {
        List<String> labels =
                categories.labels().stream().map(BatchColumn::text).toList();
        boolean numbers = categories.labels().stream().allMatch(BatchColumn::isNumber);
        return numbers ? CellBatches.ofNumbers(labels, categories.codes()) : CellBatches.of(labels, categories.codes());
    }

    private static boolean isNumber(Label label) {
        return switch (label) {
            case Label.Whole whole -> true;
            case Label.Real real -> true;
            case Label.Text text -> false;
            case Label.Truth truth -> false;
        };
    }

    private static String text(Label label) {
        return switch (label) {
            case Label.Text text -> text.value();
            case Label.Whole whole -> Long.toString(whole.value());
            case Label.Real real -> Double.toString(real.value());
            case Label.Truth truth -> truth.value() ? "True" : "False";
        };
    }

    private static CellBatches flags(ObsColumn.Flags flags) {
        int[] codes = new int[flags.cells()];
        for (int cell = 0; cell < codes.length; cell++) {
            codes[cell] = flags.missing().get(cell) ? -1 : flags.values().get(cell) ? 1 : 0;
        }
        return CellBatches.of(List.of("False", "True"), codes);
    }

    private static CellBatches numbers(ObsColumn.Numbers numbers) {
        Map<Double, Integer> seen = new HashMap<>();
        List<String> labels = new ArrayList<>();
        int[] codes = new int[numbers.values().length];
        BitSet missing = numbers.missing();
        for (int cell = 0; cell < codes.length; cell++) {
            double value = numbers.values()[cell];
            if (missing.get(cell) || Double.isNaN(value)) {
                codes[cell] = -1;
                continue;
            }
            if (Math.abs(value) > MOST_EXACT) {
                throw new InputRefused(
                        "obs/%s: cell %,d (counted from 0) has %s; numbers of batches end at 2^53 - 1, beyond which some are alike."
                                .formatted(numbers.name(), cell, value),
                        "Store the batches as text or as a category.");
            }
            Integer code = seen.get(value);
            if (code == null) {
                code = labels.size();
                if (code == ObsColumn.Texts.MOST_DISTINCT) {
                    throw new InputRefused(
                            "obs/%s has more than %,d different values, so it tells no batches."
                                    .formatted(numbers.name(), ObsColumn.Texts.MOST_DISTINCT),
                            "Name an annotation that says to which batch a cell belongs.");
                }
                seen.put(value, code);
                labels.add(value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
            }
            codes[cell] = code;
        }
        return CellBatches.ofNumbers(labels, codes);
    }
}
