package io.cellferry.restart;

import io.cellferry.restart.CrashTrials.Subject;
import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pyramids broken anywhere and resumed anyhow ([CrashTrials]).
class PyramidCrashTest {

    private static CrashTrials trials;
    private static Path scans;
    private static Path damaged;

    @BeforeAll
    static void startTheFrameworkOnce() throws IOException {
        trials = new CrashTrials(TinyPyramid.JOB);
        scans = TinyPyramid.scans(TestMemory.newFolder("scans"));
        damaged = TinyPyramid.damagedScans(TestMemory.newFolder("damaged"));
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        trials.close();
        Files.delete(FolderContents.emptied(scans));
        Files.delete(FolderContents.emptied(damaged));
    }

    private static Subject pyramid(String lastFile, Map<String, String> more) {
        return new Subject(output -> TinyPyramid.request(scans, output, more), lastFile);
    }

    @Test
    void aPowerCutAtAnyOperationCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(pyramid("R000.zarr/.zgroup", Map.of()), operation -> Fault.POWER_CUT);
    }

    @Test
    void aPowerCutAtAnyOperationOfShardsCostsOnlyUnacknowledgedUnits() throws Exception {
        trials.breakEverywhere(
                pyramid("R000.zarr/zarr.json", Map.of("ngff", "0.5", "downsample", "max")),
                operation -> Fault.POWER_CUT);
    }

    @Test
    void aFullDiskOrAnErrorAtAnyOperationEndsTheRunWithItsExitCode() throws Exception {
        trials.breakEverywhere(
                pyramid("R000.zarr/.zgroup", Map.of("levels", "2")),
                operation -> operation % 2 == 0 ? Fault.NO_SPACE : Fault.INPUT_OUTPUT_ERROR);
    }

    /// Whatever moment the trouble comes at, the sound region is published and the damaged one named.
    @Test
    void aPowerCutHidesNoDamageAndDamageCostsNoOtherRegion() throws Exception {
        trials.breakEverywhere(damaged(), operation -> Fault.POWER_CUT);
    }

    @Test
    void aFullDiskOrAnErrorHidesNoDamageAndDamageCostsNoOtherRegion() throws Exception {
        trials.breakEverywhere(damaged(), operation -> operation % 2 == 0 ? Fault.NO_SPACE : Fault.INPUT_OUTPUT_ERROR);
    }

    /// Two channels of two superblocks, each with a second pass.
    private static Subject damaged() {
        return new Subject(
                output -> TinyPyramid.request(damaged, output, Map.of("levels", "8")),
                "R000.zarr/.zgroup",
                Optional.of("R001 is left out: %s: "
                        .formatted(damaged.resolve("T_2.0.4_R001_Cy3_CD3_FINAL_AFR_F.ome.tif"))),
                6,
                false);
    }
}
