package io.cellferry.jobs.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cellferry.failure.Problem;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.OptionValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan says of the places a run would write to is what the run would find out there.
class RoomCheckTest {

    private final List<Problem> problems = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void foldersThatAreMissingAreMadeByTheRun() {
        check(folder.resolve("one/two/out"), Optional.of(folder));

        assertThat(problems).isEmpty();
    }

    @Test
    void aFileIsNoFolderToWriteIn() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> check(file.resolve("one/out"), Optional.empty()))
                .isInstanceOf(StorageFailed.class)
                .hasMessage(file + ": expected a folder to write in, found a file.");
    }

    @Test
    void aFolderOfSomebodyElseIsNoneToWriteIn() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(closed), "this user may write everywhere");

        for (Path workDir : List.of(closed, folder)) {
            Path output = workDir.equals(closed) ? folder.resolve("out") : closed.resolve("one/out");
            assertThatThrownBy(() -> check(output, Optional.of(workDir)))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessage(closed + ": expected a folder to write in, found one in which this user may not.");
        }
    }

    @Test
    void aScratchFolderHasToBeThere() {
        Path missing = folder.resolve("missing");

        check(folder.resolve("out"), Optional.of(missing));

        assertThat(problems)
                .containsExactly(Problem.refusal(
                        "request.work-dir",
                        missing.toString(),
                        "expected a folder for scratch files, found none.",
                        "Create it, or choose another --work-dir."));
    }

    private void check(Path output, Optional<Path> workDir) {
        JobRequest request = new JobRequest("job", folder, output, OptionValues.of(List.of(), Map.of()));
        RoomCheck.of(request, new MachineRoom(512L << 20, 128L << 20, 1, workDir), 1, 1, 1, 1, problems);
    }
}
