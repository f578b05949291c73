package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.MatrixLayout;
import io.cellferry.genemajor.ValueRange;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.GeneRange;

/// Names of units and of the scratch files they leave for later steps. Published: they stand in the journals of runs
/// that wait to resume.
final class StoreUnits {

    static final String STARTS = "starts";
    static final String STARTS_FILE = "starts";
    static final String METADATA = "metadata";

    private StoreUnits() {}

    static String run(MatrixLayout layout, CellRange block) {
        return "transpose/" + name(layout, block);
    }

    static String runFile(MatrixLayout layout, CellRange block) {
        return "runs/" + name(layout, block) + ".run";
    }

    static String counted(MatrixLayout layout, GeneRange range) {
        return "transpose/" + name(layout, range);
    }

    static String countsFile(MatrixLayout layout, GeneRange range) {
        return "counts/" + name(layout, range);
    }

    static String values(MatrixLayout layout, ValueRange range) {
        return (layout.byCell() ? "cells/" : "genes/") + range.partitionName();
    }

    /// Blocks that are turned into a store by cell are ranges of genes, whatever their type says.
    static String name(MatrixLayout layout, CellRange block) {
        return layout.byCell() ? new GeneRange(block.from(), block.to()).partitionName() : block.partitionName();
    }

    static String name(MatrixLayout layout, GeneRange majors) {
        return layout.byCell() ? new CellRange(majors.from(), majors.to()).partitionName() : majors.partitionName();
    }

    static String carried(int unit) {
        return "carried/%06d".formatted(unit);
    }
}
