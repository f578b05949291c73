package io.cellferry.restart;

import io.cellferry.restart.CrashTrials.Subject;
import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A choice of genes broken anywhere and resumed anyhow ([CrashTrials]).
class HvgCrashTest {

    private static final Path COUNTS =
            Path.of("src/test/resources/hvg/nb_tiny.h5ad").toAbsolutePath();
    private static final Path BY_GENE =
            Path.of("src/test/resources/odd/by_gene.h5ad").toAbsolutePath();
    private static CrashTrials trials;

    @BeforeAll
    static void startTheFrameworkOnce() throws IOException {
        trials = new CrashTrials(TinyHvg.JOB);
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        trials.close();
    }

    private static Subject genes(Map<String, String> more) {
        return new Subject(output -> TinyHvg.request(COUNTS, output, more), "genes.csv");
    }

    /// Reads everything twice.
    @Test
    void aPowerCutAtAnyOperationCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(
                genes(Map.of(
                        "flavor", "pearson_residuals", "top", "40", "matrix", "layers/counts", "batch-key", "batch")),
                operation -> Fault.POWER_CUT);
    }

    /// Turned first.
    @Test
    void aPowerCutAtAnyOperationOfAMatrixByGeneCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(
                new Subject(
                        output -> TinyHvg.request(
                                BY_GENE,
                                output,
                                Map.of("flavor", "pearson_residuals", "top", "3", "any-values", "true")),
                        "genes.csv"),
                operation -> Fault.POWER_CUT);
    }

    /// Counts totals first.
    @Test
    void aFullDiskOrAnErrorAtAnyOperationEndsTheRunWithItsExitCode() throws Exception {
        trials.breakEverywhere(
                genes(Map.of("matrix", "layers/counts", "log-normalize", "median")),
                operation -> operation % 2 == 0 ? Fault.NO_SPACE : Fault.INPUT_OUTPUT_ERROR);
    }
}
