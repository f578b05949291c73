package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.BatchRange;
import io.cellferry.matrix.CellRange;

/// Names of units and of the scratch files they leave for later steps. Published: they stand in the journals of runs
/// that wait to resume.
final class HvgUnits {

    static final String SELECT = "select";

    private HvgUnits() {}

    /// A pass over all cells: of totals, or of the batches of a slice for the first or second time.
    static String pass(String step, BatchRange slice) {
        return "%s/batches-%05d-%05d".formatted(step, slice.from(), slice.to());
    }

    static String range(String pass, CellRange cells) {
        return pass + "/" + cells.partitionName();
    }

    /// The sums of all ranges of a pass.
    static String merged(String pass) {
        return pass + "/all";
    }
}
