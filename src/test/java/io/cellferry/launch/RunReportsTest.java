package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.cellucid.Contract;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.RunProgress;
import io.cellferry.page.Picture;
import io.cellferry.restart.TinyExport;
import io.cellferry.restart.TinyHvg;
import io.cellferry.restart.TinyPyramid;
import io.cellferry.restart.TinyTranspose;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every run leaves a report in the state folder, however it ends, drawn from the bytes it published, and no run fails
/// because of it.
class RunReportsTest {

    private static SharedBatch batch;

    @TempDir
    private Path folder;

    private StateFolder state;

    @BeforeAll
    static void startFramework() {
        batch = new SharedBatch(List.of(TinyExport.JOB, TinyHvg.JOB, TinyTranspose.JOB, TinyPyramid.JOB));
    }

    @AfterAll
    static void stopFramework() {
        batch.close();
    }

    @BeforeEach
    void makeState() {
        batch.wipe();
        state = StateFolder.open(new RealDisk(), folder.resolve("state"));
    }

    @Test
    void aFinishedRunLeavesAPageWithPicturesAndATableForMultiqc() throws IOException {
        RunOutcome outcome = run(TinyExport.request(TinyExport.TINY, folder.resolve("out")), () -> false);

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(page(outcome))
                .contains(">done</span>", "data:image/png;base64,", outcome.runId(), "points_2d.bin")
                .doesNotContain("<script");
        assertThat(reports(outcome).resolve(outcome.runId() + "_mqc.json")).isRegularFile();
        assertThat(folder.resolve("out").resolve("report.html")).doesNotExist();
    }

    @Test
    void aStoppedRunTellsSoAndTheNextOneTellsOfBoth() throws IOException {
        RunRequest request = TinyExport.request(TinyExport.TINY, folder.resolve("out"));
        AtomicInteger asked = new AtomicInteger();

        RunOutcome stopped = run(request, () -> asked.incrementAndGet() > 3);
        assertThat(stopped.end()).isEqualTo(RunOutcome.End.STOPPED);
        assertThat(page(stopped)).contains(">stopped</span>", "broke off");

        RunOutcome done = run(request, () -> false);
        assertThat(done.keptUnits()).isPositive();
        assertThat(page(done))
                .contains(">done</span>", "All attempts", "%d kept from earlier".formatted(done.keptUnits()));
    }

    @Test
    void aFailedRunTellsWhyAndWhatToDo() throws IOException {
        Path scans = TinyPyramid.scans(folder.resolve("scans"));
        RunRequest request = TinyPyramid.request(scans, folder.resolve("out"), Map.of());
        RunOutcome failed = run(request, () -> {
            throw new RoomExhausted("The disk <b>is full</b>.", "Free some.");
        });

        assertThat(failed.end()).isEqualTo(RunOutcome.End.FAILED);
        assertThat(page(failed)).contains(">failed</span>", "The disk &lt;b&gt;is full&lt;/b&gt;.", "Free some.");
    }

    @Test
    void namesOfFilesAreOnlyText() throws IOException {
        Path input = folder.resolve("<script>alert(1)<b>.h5ad");
        Files.copy(Path.of("jobs/data/demo.h5ad"), input);

        RunOutcome outcome =
                run(TinyHvg.request(input, folder.resolve("<img src=x onerror=alert(1)>.csv"), Map.of()), () -> false);

        assertThat(page(outcome))
                .doesNotContain("<script")
                .doesNotContain("<img src=x")
                .contains("&lt;script&gt;alert(1)&lt;b&gt;.h5ad");
    }

    @Test
    void aReportThatCannotBeWrittenFailsNoRun() throws IOException {
        RunRequest request = TinyExport.request(TinyExport.TINY, folder.resolve("out"));
        String id = RunIdentity.of(request.request(), "").id();
        Files.createDirectories(state.path().resolve("reports"));
        Files.writeString(state.path().resolve("reports").resolve(id), "in the way");

        RunOutcome outcome = run(request, () -> false);

        assertThat(outcome.runId()).isEqualTo(id);
        assertThat(outcome.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(outcome.reason()).isEmpty();
        assertThat(state.path().resolve("logs").resolve(id + ".log")).content().contains("could not be written");
    }

    @Test
    void damagedTimesAreForgotten() throws IOException {
        RunRequest request = TinyExport.request(TinyExport.TINY, folder.resolve("out"));
        String id = RunIdentity.of(request.request(), "").id();
        Files.createDirectories(state.path().resolve("reports").resolve(id));
        Files.writeString(state.path().resolve("reports").resolve(id).resolve("attempts.json"), "{\"version\":1,");

        RunOutcome outcome = run(request, () -> false);

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(page(outcome)).contains(">done</span>").doesNotContain("All attempts");
    }

    @Test
    void embeddingsAreDrawnFromTheExportedBytes() throws IOException {
        for (Contract contract : Contract.values()) {
            for (String gzip : List.of("none", "6")) {
                Path output = folder.resolve("out-%s-%s".formatted(contract, gzip));
                run(
                        TinyExport.request(
                                TinyExport.TINY, output, Map.of("contract", contract.version(), "gzip", gzip)),
                        () -> false);

                List<Picture> pictures = TinyExport.JOB.pictures(output);
                assertThat(pictures).isNotEmpty();
                assertThat(pictures.getFirst().legend()).isNotEmpty();
            }
        }
        Path plain = folder.resolve("out-%s-none".formatted(Contract.V0_9_1));
        byte[] before = png(TinyExport.JOB.pictures(plain).getFirst());
        Path points = plain.resolve("points_2d.bin");
        byte[] bytes = Files.readAllBytes(points);
        Arrays.fill(bytes, (byte) 0);
        Files.write(points, bytes);

        assertThat(png(TinyExport.JOB.pictures(plain).getFirst())).isNotEqualTo(before);
    }

    @Test
    void everyJobDrawsWhatItWrote() throws IOException {
        Path scans = TinyPyramid.scans(folder.resolve("scans"));
        run(TinyPyramid.request(scans, folder.resolve("images"), Map.of()), () -> false);
        Path matrix = Path.of("jobs/data/demo.h5ad").toAbsolutePath();
        run(TinyTranspose.request(matrix, folder.resolve("store.zarr"), Map.of()), () -> false);

        assertThat(TinyPyramid.JOB.pictures(folder.resolve("images")))
                .singleElement()
                .satisfies(picture -> assertThat(picture.legend())
                        .extracting(Picture.Key::name)
                        .containsExactly("DAPI", "Cy3_CD3"));
        assertThat(TinyTranspose.JOB.pictures(folder.resolve("store.zarr")))
                .singleElement()
                .satisfies(picture ->
                        assertThat(((Picture.Drawing) picture.form()).svg()).contains("<rect"));
    }

    @Test
    void theTwoKindsOfTableDrawTheSamePicture() {
        Path matrix = Path.of("jobs/data/demo.h5ad").toAbsolutePath();
        ConversionJob job = TinyHvg.JOB;
        Picture csv = drawn(job, matrix, folder.resolve("genes.csv"));

        assertThat(drawn(job, matrix, folder.resolve("genes.json"))).isEqualTo(csv);
        assertThat(drawn(job, matrix, folder.resolve("genes"))).isEqualTo(csv);
        assertThat(csv.alt()).contains("highly variable");
    }

    private Picture drawn(ConversionJob job, Path input, Path output) {
        run(TinyHvg.request(input, output, Map.of()), () -> false);
        return job.pictures(output).getFirst();
    }

    private static byte[] png(Picture picture) {
        return ((Picture.Pixels) picture.form()).png();
    }

    private Path reports(RunOutcome outcome) {
        return state.path().resolve("reports").resolve(outcome.runId());
    }

    private String page(RunOutcome outcome) throws IOException {
        return Files.readString(reports(outcome).resolve("report.html"));
    }

    private RunOutcome run(RunRequest request, BooleanSupplier stopAsked) {
        return batch.starter(new RunFolders(new RealDisk(), Clock.systemUTC()), state, Clock.systemUTC())
                .start(request, TinyExport.room(2), new RunProgress(), stopAsked, (id, resumed, kept, log) -> {});
    }
}
