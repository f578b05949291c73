package io.cellferry.restart;

import io.cellferry.restart.CrashTrials.Subject;
import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An export broken anywhere and resumed anyhow ([CrashTrials]).
class ExportCrashTest {

    private static CrashTrials trials;

    @BeforeAll
    static void startTheFrameworkOnce() throws IOException {
        trials = new CrashTrials(TinyExport.JOB);
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        trials.close();
    }

    private static Subject export(Path input) {
        return new Subject(output -> TinyExport.request(input, output), "dataset_identity.json");
    }

    @Test
    void aPowerCutAtAnyOperationCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(export(TinyExport.TINY), operation -> Fault.POWER_CUT);
    }

    @Test
    void aPowerCutAtAnyOperationOfSeveralGeneUnitsCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(export(TinyExport.WIDE), operation -> Fault.POWER_CUT);
    }

    /// Genes chosen by their scores, from two readings.
    @Test
    void aPowerCutAtAnyOperationOfChoosingGenesCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(
                new Subject(
                                output -> TinyExport.request(
                                        TinyExport.TINY,
                                        output,
                                        Map.of("genes", "hvg:3", "hvg-flavor", "pearson_residuals")),
                                "dataset_identity.json")
                        .passingBy(),
                operation -> Fault.POWER_CUT);
    }

    @Test
    void aFullDiskOrAnErrorAtAnyOperationEndsTheRunWithItsExitCode() throws Exception {
        trials.breakEverywhere(
                export(TinyExport.TINY), operation -> operation % 2 == 0 ? Fault.NO_SPACE : Fault.INPUT_OUTPUT_ERROR);
    }
}
