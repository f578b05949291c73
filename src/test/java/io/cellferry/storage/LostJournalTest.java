package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is published is what the journal says: when somebody takes it away from a run at work, nothing is.
class LostJournalTest {

    @TempDir
    Path temporary;

    private final RunFolders runs = new RunFolders(new RealDisk());
    private Path output;
    private Path journal;

    @BeforeEach
    void choosePlaces() throws IOException {
        output = temporary.toRealPath().resolve("out");
        journal = output.resolveSibling(".cellferry/run1/journal");
    }

    private RunFolder opened() {
        RunTarget target = RunTarget.folder("run1", output, "{}", TinyConversion.INPUT, "test");
        return ((Opening.Opened) runs.open(target)).folder();
    }

    private static void write(RunFolder run, String name) {
        try (UnitWriter unit = run.begin(name)) {
            try (StagedFile staged = unit.output(name)) {
                staged.write(name.getBytes(StandardCharsets.UTF_8));
                staged.finish();
            }
            unit.commit();
        }
    }

    @Test
    void aRunWhoseJournalIsGonePublishesNothing() throws IOException {
        try (RunFolder run = opened()) {
            write(run, "a");
            Files.delete(journal);

            assertThatThrownBy(() -> run.publish(Map.of()))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining(journal + ": expected the records of 1 finished units, found 0");
        }
        assertThat(output).doesNotExist();

        publishAnew();
    }

    @Test
    void aRunWhoseJournalWasCutOffPublishesNothing() throws IOException {
        try (RunFolder run = opened()) {
            write(run, "a");
            long one = Files.size(journal);
            write(run, "b");
            try (var cut = Files.newByteChannel(journal, StandardOpenOption.WRITE)) {
                cut.truncate(one);
            }

            assertThatThrownBy(() -> run.publish(Map.of()))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("expected the records of 2 finished units, found 1");
        }
        assertThat(output).doesNotExist();
    }

    private void publishAnew() {
        try (RunFolder run = opened()) {
            assertThat(run.keptUnits()).isZero();
            write(run, "a");
            run.publish(Map.of());
        }
        assertThat(ManifestCheck.full(output)).isEmpty();
    }
}
