package io.cellferry.dataset.matrices;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.MatrixInfo.Order;
import io.cellferry.dataset.Shapes;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at one matrix without reading its values and writes down everything that is wrong with it: missing arrays,
/// shapes that disagree, types that are no numbers, filters nobody has, an `indptr` that does not add up.
///
/// `path` is the name the rest of the program knows the matrix by; it may differ from where the arrays lie.
public final class MatrixInspection {

    private final Path file;
    private final String path;
    private final Axis cells;
    private final Axis genes;
    private final List<Problem> obstacles = new ArrayList<>();

    public MatrixInspection(Path file, String path, Axis cells, Axis genes) {
        this.file = file;
        this.path = path;
        this.cells = cells;
        this.genes = genes;
    }

    /// A sparse matrix whose group has `data`, `indices` and `indptr`; `shape` is cells, genes.
    public FoundMatrix compressed(TreeGroup group, Optional<long[]> shape, Order order) {
        Optional<TreeArray> data = array(group, "data");
        Optional<TreeArray> indices = array(group, "indices");
        Optional<TreeArray> indptr = array(group, "indptr");
        checkShape(group.path(), shape);
        if (data.isEmpty() || indices.isEmpty() || indptr.isEmpty() || !shapeFits(shape)) {
            return new FoundMatrix(path, Optional.empty(), obstacles);
        }
        checkNumbers(data.get(), "input.data.type");
        checkWholes(indices.get());
        if (indptr.get().type() instanceof ElementType.Real) {
            // Some tools save positions as floating point; they count as long as they are integral.
            readable(indptr.get());
        } else {
            checkWholes(indptr.get());
        }
        checkLengths(data.get(), indices.get());
        if (!isNumeric(data.get().type())) {
            return new FoundMatrix(path, Optional.empty(), obstacles);
        }
        MatrixInfo info = info(shape.orElseThrow(), order, data.get(), List.of(indices.get(), indptr.get()));
        var matrix = new StoredMatrix.Compressed(info, file, data.get(), indices.get(), indptr.get());
        if (obstacles.isEmpty()) {
            Indptr.check(matrix).ifPresent(obstacles::add);
        }
        return new FoundMatrix(path, Optional.of(matrix), obstacles);
    }

    /// A dense matrix, one row a cell.
    public FoundMatrix dense(TreeArray values) {
        checkShape(values.path(), Optional.of(values.shape()));
        checkNumbers(values, "input.matrix.type");
        if (!shapeFits(Optional.of(values.shape())) || !isNumeric(values.type())) {
            return new FoundMatrix(path, Optional.empty(), obstacles);
        }
        MatrixInfo info = info(values.shape(), Order.DENSE, values, List.of());
        return new FoundMatrix(path, Optional.of(new StoredMatrix.Dense(info, file, values)), obstacles);
    }

    /// Something at the place of a matrix that is none.
    public FoundMatrix unknown(String where, String found) {
        obstacles.add(Problem.refusal(
                "input.matrix.encoding",
                where,
                "expected a sparse matrix (csr_matrix, csc_matrix) or a dense array, found " + found,
                "Write the matrix with anndata as a scipy sparse matrix or a numpy array."));
        return new FoundMatrix(path, Optional.empty(), obstacles);
    }

    /// A member that cannot be looked at, with the reason the file gave.
    public FoundMatrix unreadable(InputRefused refusal) {
        obstacles.add(Obstacle.listed(file, "input.member.unreadable", path, refusal));
        return new FoundMatrix(path, Optional.empty(), obstacles);
    }

    private Optional<TreeArray> array(TreeGroup group, String name) {
        try {
            Optional<TreeNode> member = group.find(name);
            if (member.orElse(null) instanceof TreeArray array) {
                return Optional.of(array);
            }
            obstacles.add(Problem.refusal(
                    "input.matrix.incomplete",
                    group.path(),
                    "a sparse matrix needs the arrays data, indices and indptr; %s is missing".formatted(name),
                    "The matrix is damaged. Write the file again from its source."));
        } catch (InputRefused refusal) {
            obstacles.add(Obstacle.listed(file, "input.member.unreadable", group.path() + "/" + name, refusal));
        }
        return Optional.empty();
    }

    private void checkShape(String where, Optional<long[]> shape) {
        if (!shapeFits(shape)) {
            obstacles.add(shapeProblem(
                    where,
                    "expected two dimensions below 2,147,483,648, cells and genes; found "
                            + shape.map(Shapes::inWords).orElse("no shape")));
            return;
        }
        cells.mismatch(shape.orElseThrow()[0])
                .map(found -> shapeProblem(where, found))
                .ifPresent(obstacles::add);
        genes.mismatch(shape.orElseThrow()[1])
                .map(found -> shapeProblem(where, found))
                .ifPresent(obstacles::add);
    }

    private static Problem shapeProblem(String where, String found) {
        return Problem.refusal(
                "input.matrix.shape",
                where,
                found,
                "Matrix and annotations do not belong together. Write the file again from its source.");
    }

    private static boolean shapeFits(Optional<long[]> shape) {
        return shape.filter(s ->
                        s.length == 2 && s[0] >= 0 && s[1] >= 0 && s[0] < Integer.MAX_VALUE && s[1] < Integer.MAX_VALUE)
                .isPresent();
    }

    private void checkNumbers(TreeArray array, String code) {
        readable(array);
        if (!isNumeric(array.type())) {
            obstacles.add(Problem.refusal(
                    code,
                    array.path(),
                    "expected real numbers or booleans, found " + array.typeName(),
                    "Store the matrix as float32, float64 or integers."));
        }
    }

    private void checkWholes(TreeArray array) {
        readable(array);
        if (!(array.type() instanceof ElementType.Whole)) {
            obstacles.add(Problem.refusal(
                    "input.indices.type",
                    array.path(),
                    "expected integers, found " + array.typeName(),
                    "Write indices and indptr as int32 or int64."));
        }
    }

    private void readable(TreeArray array) {
        array.unreadable().ifPresent(obstacles::add);
    }

    private void checkLengths(TreeArray data, TreeArray indices) {
        long[] values = data.shape();
        long[] positions = indices.shape();
        if (values.length != 1 || positions.length != 1 || values[0] != positions[0]) {
            obstacles.add(Problem.refusal(
                    "input.indices.length",
                    indices.path(),
                    "indices and data must have one entry per stored value, but their shapes are %s and %s"
                            .formatted(Shapes.inWords(positions), Shapes.inWords(values)),
                    "The matrix looks cut off. Copy the file again, or write it again from its source."));
        }
    }

    static boolean isNumeric(ElementType type) {
        return type instanceof ElementType.Whole
                || type instanceof ElementType.Real
                || type instanceof ElementType.Flag;
    }

    private MatrixInfo info(long[] shape, Order order, TreeArray values, List<TreeArray> positions) {
        long storedValues = order == Order.DENSE ? Math.multiplyExact(shape[0], shape[1]) : values.shape()[0];
        long bytes = storedBytes(values)
                + positions.stream().mapToLong(this::storedBytes).sum();
        return new MatrixInfo(
                path,
                (int) shape[0],
                (int) shape[1],
                order,
                values.typeName(),
                values.valueType(),
                storedValues,
                bytes,
                values.storage(),
                // Where genes or cells start is read once and kept as numbers.
                values.cursorBytes()
                        + (order == Order.DENSE ? 0 : positions.getFirst().cursorBytes()));
    }

    /// An index of chunks that is damaged is found here, before any chunk is read.
    private long storedBytes(TreeArray array) {
        try {
            return array.storedBytes();
        } catch (InputRefused refusal) {
            obstacles.add(Obstacle.listed(file, "input.member.unreadable", array.path(), refusal));
            return 0;
        }
    }
}
