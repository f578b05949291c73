package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.BatchRange;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.GeneRange;

/// Names of units and of the scratch files they leave for later steps. Published: they stand in the journals of runs
/// that wait to resume.
final class UnitNames {

    private UnitNames() {}

    /// A pass over all cells: of totals, or of the batches of a slice for the first or second time.
    static String pass(String step, BatchRange slice) {
        return "%s/batches-%05d-%05d".formatted(step, slice.from(), slice.to());
    }

    static String range(String pass, CellRange cells) {
        return pass + "/" + cells.partitionName();
    }

    static String turned(CellRange genes) {
        return "turn/" + new GeneRange(genes.from(), genes.to()).partitionName();
    }

    static String turnedFile(CellRange genes) {
        return "turned/" + new GeneRange(genes.from(), genes.to()).partitionName() + ".run";
    }

    /// The sums of all ranges of a pass.
    static String merged(String pass) {
        return pass + "/all";
    }
}
