package io.cellferry.genemajor;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumberArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.EntryHash;
import io.cellferry.matrix.ValueBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a stored matrix by rules stricter than a reader's, and compares it with the matrix it was made from.
///
/// Genes start at 0, never before the one before, and end with the last value; within a gene cells ascend strictly
/// and lie inside the matrix; in a store by cell the other way round. Memory: 8 bytes x genes (cells), slices of
/// 65,536 values, and [MatrixHash].
public final class StoreCheck {

    private static final int SLICE = 1 << 16;

    private final CellDataset store;
    private final String path;
    private final boolean byCell;
    private final String major;
    private final String minor;
    private final List<Problem> problems = new ArrayList<>();

    /// With `byCell` the matrix has to lie cell by cell, otherwise gene by gene.
    public StoreCheck(CellDataset store, String path, boolean byCell) {
        this.store = store;
        this.path = path;
        this.byCell = byCell;
        this.major = byCell ? "cell" : "gene";
        this.minor = byCell ? "gene" : "cell";
    }

    /// What is wrong with the matrix itself. Reads all of it.
    public List<Problem> matrix() {
        try {
            Optional<Element.Sparse> sparse = Element.find(store.contents(), path)
                    .filter(Element.Sparse.class::isInstance)
                    .map(Element.Sparse.class::cast)
                    .filter(matrix ->
                            matrix.order() == (byCell ? MatrixInfo.Order.CELL_MAJOR : MatrixInfo.Order.GENE_MAJOR));
            if (sparse.isEmpty()) {
                problem(
                        "store.matrix",
                        "expected a %s, found none".formatted(byCell ? "csr_matrix" : "csc_matrix"),
                        "Write the store again.");
            } else {
                check(sparse.get());
            }
        } catch (InputRefused refusal) {
            problems.add(
                    Problem.refusal("store.unreadable", path, String.valueOf(refusal.getMessage()), refusal.remedy()));
        }
        return problems;
    }

    private void check(Element.Sparse matrix) {
        long stored = matrix.values().count();
        int majors = byCell ? matrix.rows() : matrix.columns();
        if (matrix.places().count() != stored || matrix.starts().count() != majors + 1L) {
            problem(
                    "store.lengths",
                    "expected as many places as values and one start more than %ss, found %,d values, %,d places, %,d starts for %,d %ss"
                            .formatted(
                                    major,
                                    stored,
                                    matrix.places().count(),
                                    matrix.starts().count(),
                                    majors,
                                    major),
                    "Write the store again.");
            return;
        }
        long[] starts = wholes(matrix.starts());
        for (int at = 0; at < majors; at++) {
            if (starts[at] > starts[at + 1]) {
                problem(
                        "store.starts",
                        "%s %,d starts at %,d and ends before, at %,d".formatted(major, at, starts[at], starts[at + 1]),
                        "Write the store again.");
                return;
            }
        }
        if (starts[0] != 0 || starts[majors] != stored) {
            problem(
                    "store.starts",
                    "%ss reach from %,d to %,d, but there are %,d values"
                            .formatted(major, starts[0], starts[majors], stored),
                    "Write the store again.");
            return;
        }
        ascending(matrix, starts);
    }

    private void ascending(Element.Sparse matrix, long[] starts) {
        ValueBuffer places = new ValueBuffer(matrix.places().type().delivered(), SLICE);
        int minors = byCell ? matrix.columns() : matrix.rows();
        int at = 0;
        long before = -1;
        try (NumberArray.Reader reader = matrix.places().open()) {
            for (long from = 0; from < matrix.places().count(); from += SLICE) {
                int count = (int) Math.min(SLICE, matrix.places().count() - from);
                reader.read(from, count, places);
                for (int i = 0; i < count; i++) {
                    while (starts[at + 1] <= from + i) {
                        at++;
                        before = -1;
                    }
                    long place = places.bits(i);
                    if (place <= before || place >= minors) {
                        problem(
                                "store.%ss".formatted(minor),
                                "value %,d belongs to %s %,d and names %s %,d after %s %,d of %,d %ss"
                                        .formatted(from + i, major, at, minor, place, minor, before, minors, minor),
                                "Write the store again.");
                        return;
                    }
                    before = place;
                }
            }
        }
    }

    private static long[] wholes(NumberArray array) {
        ValueBuffer values = new ValueBuffer(array.type().delivered(), Math.toIntExact(array.count()));
        try (NumberArray.Reader reader = array.open()) {
            reader.read(0, Math.toIntExact(array.count()), values);
        }
        long[] wholes = new long[values.capacity()];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = values.bits(i);
        }
        return wholes;
    }

    /// Compares entry by entry with the matrix of the same path of `input`; with `placesOnly`, because values were
    /// converted, only where there are any.
    public List<Problem> against(CellDataset input, boolean placesOnly) {
        EntryHash here = MatrixHash.of(store, path, placesOnly);
        EntryHash there = MatrixHash.of(input, path, placesOnly);
        if (here.entries() != there.entries()) {
            problem(
                    "store.differs",
                    "expected the %,d entries of the input, found %,d".formatted(there.entries(), here.entries()),
                    "Make sure it is this input the store was made from; if it is, write the store again.");
        } else if (here.value() != there.value()) {
            problem(
                    "store.differs",
                    "expected the entries of the input, whose hash is %016x, found others, whose hash is %016x"
                            .formatted(there.value(), here.value()),
                    "Make sure it is this input the store was made from; if it is, write the store again.");
        }
        return problems;
    }

    private void problem(String code, String found, String remedy) {
        problems.add(Problem.refusal(code, path, found + ".", remedy));
    }
}
