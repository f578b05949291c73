package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.TableInfo;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.TinyExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The latent space is counted as wide as it is: its copy on scratch, and the mean of each label in it.
class WideLatentTest {

    private static final Path DEMO = Path.of("jobs/data/demo.h5ad").toAbsolutePath();

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("latent", TinyExport.JOB);

    /// The copy holds floats: 4 bytes for each of 700 cells and each column.
    @Test
    void scratchGrowsWithItsColumns() {
        long narrow = scratchBytes("obsm/X_umap");
        long wide = scratchBytes("obsm/X_pca");

        assertThat(wide - narrow).isEqualTo(4 * 700 * (columns("obsm/X_pca") - columns("obsm/X_umap")));
        assertThat(wide).isGreaterThan(narrow);
    }

    /// 60,000 labels x 2,000 columns x 8 bytes = 960 MB; with 4,000 cells nothing else comes near.
    @Test
    void memoryGrowsWithLabelsAndColumns() {
        ExportPlan plan = new ExportPlan(
                4_000,
                Optional.empty(),
                List.of(),
                "obsm/X_pca",
                List.of("clone"),
                60_000,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());

        assertThat(ExportMemory.obsField(plan, 2_000)).isBetween(960_000_000L, 980_000_000L);
        assertThat(ExportMemory.obsField(plan, 2)).isLessThan(20_000_000L);
    }

    private static long scratchBytes(String latent) {
        return TinyExport.JOB
                .plan(
                        TinyExport.request(DEMO, RUNS.at("planned"), Map.of("latent", latent))
                                .request(),
                        TestRuns.ROOM)
                .scratchBytes();
    }

    private static int columns(String path) {
        try (var dataset = CellDatasets.open(DEMO)) {
            return dataset.catalogue().table(path).map(TableInfo::columns).orElseThrow();
        }
    }
}
