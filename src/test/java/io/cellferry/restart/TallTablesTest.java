package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.TestRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A table that takes long to read is one unit of work; a wish to stop is heard inside it, and what was stopped there
/// ends as what was not.
class TallTablesTest {

    private static final Path TALL = Path.of("src/test/resources/odd/tall.h5ad").toAbsolutePath();

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("tall", TinyExport.JOB, TinyTranspose.JOB);

    /// The latent space has 10,000 rows, copied 36 at a time: 278 slices, and hardly anything else is asked before.
    @Test
    void anExportStopsInsideItsLatentSpace() throws IOException {
        stopsInside(
                TinyExport.JOB,
                200,
                output -> TinyExport.request(
                        TALL, output, Map.of("latent", "obsm/X_tall", "dataset-id", "tall", "dataset-name", "tall")));
    }

    /// 9 M numbers are carried over in chunks of half a million: 18 chunks, which come last.
    @Test
    void aStoreStopsInsideACarriedTable() throws IOException {
        stopsInside(TinyTranspose.JOB, 20, output -> TinyTranspose.request(TALL, output, Map.of()));
    }

    /// What is read ahead, and 900 chunks of which five are held. Without genes nothing else takes as much.
    @Test
    void aPlanCountsWhatReadingTheLatentSpaceTakes() {
        assertThat(workerBytes("obsm/X_tall")).isGreaterThan(72L << 20);
        assertThat(workerBytes("obsm/X_umap")).isLessThan(64L << 20);
    }

    private static long workerBytes(String latent) {
        return TinyExport.JOB
                .plan(
                        TinyExport.request(TALL, RUNS.at("planned"), Map.of("latent", latent, "matrix", "none"))
                                .request(),
                        TestRuns.ROOM)
                .memoryBytes();
    }

    private static void stopsInside(ConversionJob job, int asks, Function<Path, RunRequest> request)
            throws IOException {
        Path whole = RUNS.at(job.name() + "-whole");
        Path halved = RUNS.at(job.name() + "-halved");
        RunOutcome straight = RUNS.run(request.apply(whole));
        assertThat(straight.end()).isEqualTo(RunOutcome.End.DONE);

        AtomicInteger asked = new AtomicInteger();
        RunOutcome stopped =
                RUNS.run(request.apply(halved), TestRuns.ROOM, new RunProgress(), () -> asked.incrementAndGet() > asks);

        assertThat(stopped.end()).isEqualTo(RunOutcome.End.STOPPED);
        // Were it asked between units only, the run would have ended before.
        assertThat(straight.doneUnits()).isLessThan(asks);

        assertThat(RUNS.run(request.apply(halved)).end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(differing(FolderContents.of(halved), FolderContents.of(whole)))
                .isEmpty();
        assertThat(TestRuns.differences(job, halved, TALL)).isEqualTo(List.of());
    }

    /// By name: the files themselves are too long to be shown.
    private static List<String> differing(Map<String, String> files, Map<String, String> others) {
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(others.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(files.get(name), others.get(name)))
                .toList();
    }
}
