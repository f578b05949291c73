package io.cellferry.jobs.genemajorstore;

import io.cellferry.failure.Problem;
import io.cellferry.genemajor.CarriedFiles;
import io.cellferry.genemajor.MatrixLayout;
import io.cellferry.genemajor.RowSizes;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.jobs.StepUnits;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.TranspositionPlan;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a run will write, settled once by its `inspect` step and stored with it.
///
/// `readerBytes` is what reading the input takes in each worker ([io.cellferry.dataset.MatrixInfo]). `storedValues` is
/// what the input says; where it repeats entries, which are summed, fewer are written; `delivered` is how they arrive.
/// The matrix is turned unless it lies as the store wants it already; then `counted` are the ranges of majors whose
/// values are counted first. In a store by cell everything that says genes of the turning means cells, and the other
/// way round. `randomAccess` is what the reader says of itself.
/// Grows with blocks of the matrix and members of the data set, not with cells.
record StorePlan(
        MatrixLayout layout,
        boolean converted,
        boolean wholeNumbers,
        long storedValues,
        long readerBytes,
        ValueType delivered,
        boolean randomAccess,
        Optional<TranspositionPlan> turning,
        List<GeneRange> counted,
        List<StoreNode.Group> groups,
        List<StoreNode.Array> arrays,
        List<List<CarriedFiles>> carried,
        List<Problem> leftBehind)
        implements SettledPlan {

    StorePlan {
        counted = List.copyOf(counted);
        groups = List.copyOf(groups);
        arrays = List.copyOf(arrays);
        carried = List.copyOf(carried);
        leftBehind = List.copyOf(leftBehind);
    }

    TranspositionPlan transposition() {
        return turning.orElseThrow(
                () -> new IllegalStateException(layout.path() + " lies in the wanted order already"));
    }

    /// Finds arrays by their paths. Ask for it once: an input may have tens of thousands.
    Function<String, StoreNode.Array> arrayFinder() {
        Map<String, StoreNode.Array> byPath = byPath();
        return path -> Optional.ofNullable(byPath.get(path))
                .orElseThrow(() -> new IllegalStateException("the plan has no array " + path));
    }

    /// What was measured once need not be measured again.
    RowSizes rowSizes() {
        Map<String, StoreNode.Array> byPath = byPath();
        return RowSizes.planned(path -> Optional.ofNullable(byPath.get(path)).map(StoreNode.Array::layout));
    }

    private Map<String, StoreNode.Array> byPath() {
        return arrays.stream().collect(Collectors.toMap(StoreNode.Array::path, Function.identity()));
    }

    /// Journaled units of each step, in the order of the steps; those of the matrix may turn out fewer.
    List<StepUnits> steps() {
        return List.of(
                new StepUnits("inspect", 1),
                new StepUnits(
                        "transpose", turning.map(plan -> plan.blocks().size()).orElse(counted.size())),
                new StepUnits("starts", 1),
                new StepUnits("genes", layout.units(storedValues).size()),
                new StepUnits("carried", carried.size()),
                new StepUnits("publish", 1));
    }
}
