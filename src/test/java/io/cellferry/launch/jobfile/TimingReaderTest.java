package io.cellferry.launch.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a job file says of its time or of the folder it waits at is read as strictly as the rest.
class TimingReaderTest {

    private static final String HEAD = "job: cellucid-export\ninput: in.h5ad\noutput: ../out\n";
    private static final String WAITING = "job: cellucid-export\ninput: \"{file}\"\noutput: ../out/{name}\n";

    @TempDir
    Path folder;

    @Test
    void fiveFieldsOfCronAreAScheduleInUtc() {
        Schedule read = read(HEAD + "schedule: 30 2 * * *\n").schedule().orElseThrow();

        assertThat(read).isEqualTo(new Schedule("30 2 * * *", ZoneId.of("UTC"), Schedule.Missed.ONCE));
    }

    @Test
    void zoneAndMissedAreSaidBesideTheCron() {
        Schedule read = read(HEAD + "schedule:\n  cron: '0 30 2 * * MON-FRI'\n  zone: Europe/Berlin\n  missed: skip\n")
                .schedule()
                .orElseThrow();

        assertThat(read)
                .isEqualTo(new Schedule("0 30 2 * * MON-FRI", ZoneId.of("Europe/Berlin"), Schedule.Missed.SKIP));
    }

    @Test
    void everyMistakeOfAScheduleIsToldWithItsPlace() {
        String file = folder.resolve("job.yml").toString();
        assertThat(refusal(HEAD + "schedule:\n  corn: x\n  zone: Europe/Berln\n  missed: twice\n"))
                .hasMessageContainingAll(
                        file + ":5:3: unknown key `corn` in `schedule`; the nearest known key is `cron`",
                        file + ":6:9: there is no time zone `Europe/Berln`; the nearest is `Europe/Berlin`",
                        file + ":7:11: `missed` must be once or skip, not `twice`",
                        file + ":5:3: the key `cron:` of `schedule` is missing");
        assertThat(refusal(HEAD + "schedule:\n  cron: 0 2 * * *\n  cron: 0 3 * * *\n"))
                .hasMessageContaining(file + ":6:3: `cron` is said twice");
        assertThat(refusal(HEAD + "schedule: [a]\n"))
                .hasMessageContaining(file + ":4:11: `schedule` must hold the keys cron, zone, missed");
    }

    @Test
    void aCronThatIsWrongOrNeverFiresIsRefused() {
        assertThat(refusal(HEAD + "schedule: 0 2 * *\n"))
                .hasMessageContaining(":4:11: `0 2 * *` is no time to run at: it has 4 fields");
        assertThat(refusal(HEAD + "schedule: 0 25 * * *\n")).hasMessageContaining("25");
        assertThat(refusal(HEAD + "schedule: 0 0 30 2 *\n")).hasMessageContaining("it would never run");
        assertThat(refusal(HEAD + "schedule: 0 0 13 * FRI\n"))
                .hasMessageContaining("a day of the month and a day of the week");
        assertThat(read(HEAD + "schedule: 0 0 29 2 *\n").schedule()).isPresent();
        assertThat(read(HEAD + "schedule: '@daily'\n").schedule()).isPresent();
    }

    @Test
    void aWatchedFolderIsRelativeToTheFile() {
        JobFile read = read(WAITING + "watch:\n  folder: incoming\n  pattern: '*.h5ad'\n  settle: 2m\n");

        assertThat(read.watch())
                .contains(new Watch(folder.resolve("incoming"), "*.h5ad", Optional.empty(), Duration.ofMinutes(2)));
        JobFile arrived = read.arrived(Path.of("/data/incoming/donor 1.v2.h5ad"));
        assertThat(arrived.input()).isEqualTo(Path.of("/data/incoming/donor 1.v2.h5ad"));
        assertThat(arrived.output()).isEqualTo(folder.resolveSibling("out").resolve("donor 1.v2"));
        assertThat(arrived.watch()).isEmpty();
    }

    @Test
    void theNameCanLeadToAnotherInput() {
        JobFile read = read("job: ome-zarr-pyramid\ninput: scans/{name}\noutput: ../out/{name}\n"
                + "watch:\n  folder: .\n  pattern: '*.ready'\n  done: .ok\n");

        assertThat(read.watch().orElseThrow().done()).contains(".ok");
        assertThat(read.arrived(folder.resolve("plate7.ready")).input()).isEqualTo(folder.resolve("scans/plate7"));
    }

    @Test
    void missingUnknownAndMisplacedPlaceholdersAreRefused() {
        String watch = "watch: {folder: incoming, pattern: '*'}\n";
        assertThat(refusal(HEAD + watch))
                .hasMessageContainingAll(
                        ":2:8: `input` says the same for each file", ":3:9: `output` says the same for each file");
        assertThat(refusal("job: x\ninput: \"{fiel}\"\noutput: a/{name}{date}\n" + watch))
                .hasMessageContainingAll(
                        ":2:8: `input` holds the unknown word {fiel}; the nearest known one is {file}",
                        ":3:9: `output` holds the unknown word {date}");
        assertThat(refusal("job: x\ninput: a/{file}\noutput: \"{file}/{name}\"\n" + watch))
                .hasMessageContainingAll(
                        "`input` holds more than \"{file}\"", "`output` holds \"{file}\", which is for `input` only");
        assertThat(refusal("job: x\ninput: \"{file}\"\noutput: b\n"))
                .hasMessageContaining(":2:8: `input` holds a word that only a file with `watch:` fills in");
    }

    @Test
    void anUnquotedBraceIsExplained() {
        assertThat(refusal("job: x\ninput: {file}\noutput: a/{name}\nwatch: {folder: incoming, pattern: '*'}\n"))
                .hasMessageContaining(":2:8: `input` must be one text; what begins with a brace needs quotes");
    }

    @Test
    void everyMistakeOfAWatchIsToldWithItsPlace() {
        assertThat(refusal(WAITING + "watch:\n  foldr: x\n  pattern: a/*.h5ad\n  settle: soon\n"))
                .hasMessageContainingAll(
                        ":5:3: unknown key `foldr` in `watch`; the nearest known key is `folder`",
                        ":5:3: the key `folder:` of `watch` is missing",
                        ":7:11: `settle` must be a time such as 30s, 5m or 1h, not `soon`");
        assertThat(refusal(WAITING + "watch:\n  folder: x\n  pattern: a/*.h5ad\n"))
                .hasMessageContaining(
                        ":6:12: `a/*.h5ad` is no pattern: it is a pattern of file names, without folders");
        assertThat(refusal(WAITING + "watch:\n  folder: x\n  pattern: '[a'\n"))
                .hasMessageContaining(":6:12: `[a` is no pattern");
        assertThat(refusal(WAITING + "watch:\n  folder: x\n  pattern: '*'\n  done: .done\n  settle: 3s\n"))
                .hasMessageContaining(":8:11: `settle` says nothing beside `done`");
    }

    @Test
    void aFileWaitsOrIsPlannedButNotBoth() {
        assertThat(refusal(WAITING + "schedule: 0 2 * * *\nwatch: {folder: incoming, pattern: '*'}\n"))
                .hasMessageContaining(":5:1: a file says `schedule` or `watch`, not both");
    }

    @Test
    void unfinishedAndHiddenFilesAreNotWaitedFor() {
        Watch all = new Watch(folder, "*", Optional.of(".done"), Watch.SETTLE);

        assertThat(all.waitsFor("a.h5ad")).isTrue();
        for (String name : new String[] {".a.h5ad.Xy12", "a.h5ad.part", "a.h5ad.TMP", "a.h5ad~", "a.h5ad.done"}) {
            assertThat(all.waitsFor(name)).as(name).isFalse();
        }
        assertThat(new Watch(folder, "*.h5ad", Optional.empty(), Watch.SETTLE).waitsFor("a.zarr"))
                .isFalse();
    }

    private JobFile read(String text) {
        try {
            return JobFileReader.read(Files.writeString(folder.resolve("job.yml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RequestRefused refusal(String text) {
        RequestRefused refused = catchThrowableOfType(RequestRefused.class, () -> read(text));
        assertThat(refused).as(text).isNotNull();
        return refused;
    }
}
