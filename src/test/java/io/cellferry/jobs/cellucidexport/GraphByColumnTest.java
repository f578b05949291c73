package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.SharedBatch;
import io.cellferry.restart.FolderContents;
import io.cellferry.restart.TestMemory;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A graph that anndata stored column by column is exported and verified like the same graph by row.
class GraphByColumnTest {

    private static final Path BY_COLUMN = TinyExport.TINY.resolveSibling("graph_by_column.h5ad");
    private static final Path EDGES = Path.of("connectivity");

    private static SharedBatch batch;
    private static Path folder;

    @BeforeAll
    static void startTheFramework() throws IOException {
        batch = new SharedBatch(List.of(TinyExport.JOB));
        folder = TestMemory.newFolder("graph-by-column");
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        batch.close();
        Files.delete(FolderContents.emptied(folder));
    }

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
        Path output = folder.resolve(name);
        StateFolder state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        RunOutcome outcome = batch.starter(new RunFolders(new RealDisk(), Clock.systemUTC()), state, Clock.systemUTC())
                .start(
                        TinyExport.request(input, output, Map.of("connectivities", "obsp/connectivities")),
                        TinyExport.room(2),
                        new RunProgress(),
                        () -> false,
                        (id, resumed, kept, log) -> {});
        assertThat(outcome.reason()).isEmpty();
        return output;
    }
}
