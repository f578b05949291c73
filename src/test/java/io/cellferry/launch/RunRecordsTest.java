package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record is a memory aid: a damaged one is no record, and stands in nobody's way.
class RunRecordsTest {

    @TempDir
    Path temporary;

    private RunRecords records;
    private Path file;

    @BeforeEach
    void writeOne() throws IOException {
        StateFolder state =
                StateFolder.open(new RealDisk(), temporary.toRealPath().resolve("state"));
        records = new RunRecords(state);
        records.write(new RunRecord(
                "ab12",
                "cellucid-export",
                "/in.h5ad",
                "/out",
                Map.of("gzip", List.of("6")),
                false,
                RunRecord.COMMAND_LINE,
                0,
                "2026-01-02T03:04:00Z",
                "2026-01-02T03:04:05Z",
                "",
                RunRecord.RUNNING,
                "",
                "",
                ""));
        file = state.folder("runs").path().resolve("ab12.json");
    }

    @Test
    void aDamagedRecordIsLeftOut() throws IOException {
        String sound = Files.readString(file);
        List<String> damages = List.of(
                "null",
                "",
                "[]",
                sound.substring(0, sound.length() / 2),
                sound.replace("\"id\"", "\"it\""),
                sound.replace("\"ab12\"", "\"../ab12\""),
                sound.replace("\"job\"", "\"jab\""),
                sound.replace("\"input\"", "\"inputs\""),
                sound.replace("\"output\"", "\"outputs\""),
                sound.replace("\"/out\"", "\"\""),
                sound.replace("\"/out\"", "\"/o\\u0000ut\""),
                sound.replace("\"options\"", "\"option\""),
                sound.replace("[\"6\"]", "null"),
                sound.replace("\"startedAt\"", "\"startedAs\""),
                sound.replace("\"endedAt\"", "\"endedAs\""),
                sound.replace("\"end\"", "\"and\""));
        Files.writeString(file.resolveSibling("cd34.json"), sound.replace("ab12", "cd34"));
        for (String damaged : damages) {
            assertThat(damaged).isNotEqualTo(sound);
            Files.writeString(file, damaged);

            assertThat(records.all()).as(damaged).extracting(RunRecord::id).containsExactly("cd34");
            assertThat(records.find("ab12")).as(damaged).isEmpty();
            assertThatThrownBy(() -> records.require("ab")).as(damaged).isInstanceOf(RequestRefused.class);
        }
    }

    @Test
    void recordsOfEarlierVersionsAreRead() throws IOException {
        String sound = Files.readString(file);
        Files.writeString(file, sound.replaceAll(",\"(origin|acceptedAt|code|message|remedy)\":\"[^\"]*\"", ""));

        assertThat(records.require("ab").origin()).isEqualTo(RunRecord.COMMAND_LINE);
        assertThat(records.require("ab").acceptedAt()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void theStartOfAnIdMeansARunAndNothingMeansNone() {
        assertThat(records.require("a").id()).isEqualTo("ab12");
        assertThatThrownBy(() -> records.require(""))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("This machine remembers no run \"\".");
    }
}
