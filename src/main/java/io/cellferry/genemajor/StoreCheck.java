package io.cellferry.genemajor;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumberArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.EntryHash;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a gene-major matrix by rules stricter than a reader's, and compares it with the matrix it was made from.
///
/// Genes start at 0, never before the one before, and end with the last value; within a gene cells ascend strictly and
/// lie inside the matrix. Memory: 8 bytes x genes, and slices of 65,536 values.
public final class StoreCheck {

    private static final int SLICE = 1 << 16;
    private static final long BLOCK_VALUES = 1 << 20;
    private static final int BLOCK_CELLS = 1 << 16;

    private final CellDataset store;
    private final String path;
    private final List<Problem> problems = new ArrayList<>();

    public StoreCheck(CellDataset store, String path) {
        this.store = store;
        this.path = path;
    }

    /// What is wrong with the matrix itself. Reads all of it.
    public List<Problem> matrix() {
        try {
            Optional<Element.Sparse> sparse = Element.find(store.contents(), path)
                    .filter(Element.Sparse.class::isInstance)
                    .map(Element.Sparse.class::cast)
                    .filter(matrix -> matrix.order() == MatrixInfo.Order.GENE_MAJOR);
            if (sparse.isEmpty()) {
                problem("store.matrix", "expected a csc_matrix, found none", "Write the store again.");
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
        if (matrix.places().count() != stored || matrix.starts().count() != matrix.columns() + 1L) {
            problem(
                    "store.lengths",
                    "expected as many places as values and one start more than genes, found %,d values, %,d places, %,d starts for %,d genes"
                            .formatted(
                                    stored,
                                    matrix.places().count(),
                                    matrix.starts().count(),
                                    matrix.columns()),
                    "Write the store again.");
            return;
        }
        long[] starts = wholes(matrix.starts());
        for (int gene = 0; gene < matrix.columns(); gene++) {
            if (starts[gene] > starts[gene + 1]) {
                problem(
                        "store.starts",
                        "gene %,d starts at %,d and ends before, at %,d"
                                .formatted(gene, starts[gene], starts[gene + 1]),
                        "Write the store again.");
                return;
            }
        }
        if (starts[0] != 0 || starts[matrix.columns()] != stored) {
            problem(
                    "store.starts",
                    "genes reach from %,d to %,d, but there are %,d values"
                            .formatted(starts[0], starts[matrix.columns()], stored),
                    "Write the store again.");
            return;
        }
        ascending(matrix, starts);
    }

    private void ascending(Element.Sparse matrix, long[] starts) {
        ValueBuffer places = new ValueBuffer(matrix.places().type().delivered(), SLICE);
        int gene = 0;
        long before = -1;
        try (NumberArray.Reader reader = matrix.places().open()) {
            for (long from = 0; from < matrix.places().count(); from += SLICE) {
                int count = (int) Math.min(SLICE, matrix.places().count() - from);
                reader.read(from, count, places);
                for (int i = 0; i < count; i++) {
                    while (starts[gene + 1] <= from + i) {
                        gene++;
                        before = -1;
                    }
                    long cell = places.type().bytes() == Integer.BYTES ? places.four()[i] : places.eight()[i];
                    if (cell <= before || cell >= matrix.rows()) {
                        problem(
                                "store.cells",
                                "value %,d belongs to gene %,d and names cell %,d after cell %,d of %,d cells"
                                        .formatted(from + i, gene, cell, before, matrix.rows()),
                                "Write the store again.");
                        return;
                    }
                    before = cell;
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
            wholes[i] = values.type().bytes() == Integer.BYTES ? values.four()[i] : values.eight()[i];
        }
        return wholes;
    }

    /// Compares entry by entry with the matrix of the same path of `input`; with `placesOnly`, because values were
    /// converted, only where there are any.
    public List<Problem> against(CellDataset input, boolean placesOnly) {
        EntryHash here = hash(store, path, placesOnly);
        EntryHash there = hash(input, path, placesOnly);
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

    /// The hash of all entries of a matrix, whichever way it lies.
    public static EntryHash hash(CellDataset dataset, String path, boolean placesOnly) {
        EntryHash hash = new EntryHash();
        MatrixInfo info = dataset.catalogue()
                .matrix(path)
                .orElseThrow(() -> new InputRefused(
                        "there is no matrix %s to compare with.".formatted(path), "Name the input it was made from."));
        if (info.order() == MatrixInfo.Order.GENE_MAJOR) {
            try (var columns = dataset.columns(path)) {
                columns.visit(new GeneRange(0, columns.genes()), (gene, column) -> {
                    for (int i = 0; i < column.storedValues(); i++) {
                        hash.add(column.cells()[i], gene, placesOnly ? 0 : bits(column.values(), i));
                    }
                });
            }
            return hash;
        }
        try (RowSource rows = dataset.rows(path)) {
            CsrBlock block = new CsrBlock(rows.valueType());
            for (CellRange cells : rows.blocks(BLOCK_VALUES, BLOCK_CELLS)) {
                rows.read(cells, block);
                for (int row = 0; row < cells.count(); row++) {
                    for (int i = block.rowStarts()[row]; i < block.rowStarts()[row + 1]; i++) {
                        hash.add(cells.from() + row, block.genes()[i], placesOnly ? 0 : bits(block.values(), i));
                    }
                }
            }
        }
        return hash;
    }

    private static long bits(ValueBuffer values, int index) {
        return values.type().bytes() == Integer.BYTES ? values.four()[index] : values.eight()[index];
    }

    private void problem(String code, String found, String remedy) {
        problems.add(Problem.refusal(code, path, found + ".", remedy));
    }
}
