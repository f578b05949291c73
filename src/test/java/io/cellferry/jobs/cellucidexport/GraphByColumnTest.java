package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TinyExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A graph that anndata stored column by column is exported and verified like the same graph by row.
class GraphByColumnTest {

    private static final Path BY_COLUMN = TinyExport.TINY.resolveSibling("graph_by_column.h5ad");
    private static final Path EDGES = Path.of("connectivity");

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("graph-by-column", TinyExport.JOB);

    @Test
    void itsEdgesAreThoseOfTheGraphByRow() throws IOException {
        try (Opened opened = Opened.at(BY_COLUMN)) {
            assertThat(opened.catalogue()
                            .graph("obsp/connectivities")
                            .orElseThrow()
                            .order())
                    .isEqualTo(MatrixInfo.Order.GENE_MAJOR);
        }

        Path byColumn = exported(BY_COLUMN, "edges-by-column");
        Path byRow = exported(TinyExport.TINY, "edges-by-row");

        assertThat(FolderContents.of(byColumn.resolve(EDGES)))
                .isNotEmpty()
                .isEqualTo(FolderContents.of(byRow.resolve(EDGES)));
    }

    @Test
    void theExportIsComparedWithItAndWithNoOther() throws IOException {
        Path output = exported(BY_COLUMN, "verified");

        assertThat(verified(output, BY_COLUMN)).isEmpty();
        assertThat(verified(output, TinyExport.TINY)).isEmpty();
        Path source = output.resolve(EDGES).resolve("edges.src.bin");
        byte[] bytes = Files.readAllBytes(source);
        bytes[0] ^= 1;
        Files.write(source, bytes);
        assertThat(verified(output, BY_COLUMN)).extracting(Problem::where).contains("connectivity/edges.src.bin");
    }

    private static List<Problem> verified(Path output, Path input) {
        return TinyExport.JOB.verify(output, Optional.of(input), new CheckDepth.Full());
    }

    private static Path exported(Path input, String name) {
        Path output = RUNS.at(name);
        RunOutcome outcome =
                RUNS.run(TinyExport.request(input, output, Map.of("connectivities", "obsp/connectivities")));
        assertThat(outcome.reason()).isEmpty();
        return output;
    }
}
