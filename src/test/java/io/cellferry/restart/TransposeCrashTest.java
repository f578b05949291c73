package io.cellferry.restart;

import io.cellferry.restart.CrashTrials.Subject;
import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A gene-major store broken anywhere and resumed anyhow ([CrashTrials]).
class TransposeCrashTest {

    private static final Path BY_GENE =
            Path.of("src/test/resources/odd/by_gene.h5ad").toAbsolutePath();
    private static final Path GROUPS =
            Path.of("src/test/resources/members/groups.h5ad").toAbsolutePath();
    private static CrashTrials trials;

    @BeforeAll
    static void startTheFrameworkOnce() throws IOException {
        trials = new CrashTrials(TinyTranspose.JOB);
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        trials.close();
    }

    private static Subject store(Path input, String lastFile, Map<String, String> more) {
        return new Subject(output -> TinyTranspose.request(input, output, more), lastFile);
    }

    @Test
    void aPowerCutAtAnyOperationCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(store(TinyExport.WIDE, ".zgroup", Map.of()), operation -> Fault.POWER_CUT);
    }

    @Test
    void aPowerCutAtAnyOperationOfShardsCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(
                store(TinyExport.WIDE, "zarr.json", Map.of("zarr", "3", "shards", "2", "only-matrix", "true")),
                operation -> Fault.POWER_CUT);
    }

    /// Five tables of ranked genes and one of cells: rows of texts and of numbers.
    @Test
    void aPowerCutAtAnyOperationOfAStoreWithRecordsCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(store(GROUPS, ".zgroup", Map.of()), operation -> Fault.POWER_CUT);
    }

    /// Columns turned into rows.
    @Test
    void aPowerCutAtAnyOperationOfAStoreByCellCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(
                store(BY_GENE, ".zgroup", Map.of("order", "cells", "only-matrix", "true")),
                operation -> Fault.POWER_CUT);
    }

    /// Rows as they lie.
    @Test
    void aFullDiskOrAnErrorAtAnyOperationOfAStoreByCellEndsTheRunWithItsExitCode() throws Exception {
        trials.breakEverywhere(
                store(TinyExport.TINY, ".zgroup", Map.of("order", "cells", "only-matrix", "true")),
                operation -> operation % 2 == 0 ? Fault.NO_SPACE : Fault.INPUT_OUTPUT_ERROR);
    }

    @Test
    void aFullDiskOrAnErrorAtAnyOperationEndsTheRunWithItsExitCode() throws Exception {
        trials.breakEverywhere(
                store(TinyExport.TINY, ".zgroup", Map.of()),
                operation -> operation % 2 == 0 ? Fault.NO_SPACE : Fault.INPUT_OUTPUT_ERROR);
    }
}
