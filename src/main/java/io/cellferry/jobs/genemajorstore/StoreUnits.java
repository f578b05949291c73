package io.cellferry.jobs.genemajorstore;

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

    static String run(CellRange block) {
        return "transpose/" + block.partitionName();
    }

    static String runFile(CellRange block) {
        return "runs/" + block.partitionName() + ".run";
    }

    static String counted(GeneRange range) {
        return "transpose/" + range.partitionName();
    }

    static String countsFile(GeneRange range) {
        return "counts/" + range.partitionName();
    }

    static String genes(ValueRange range) {
        return "genes/" + range.partitionName();
    }

    static String carried(int unit) {
        return "carried/%06d".formatted(unit);
    }
}
