package io.cellferry.launch.schedule;

import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.jobfile.Schedule;
import io.cellferry.storage.InputFingerprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

/// What is launched once: a planned time of a schedule, or a file in the state in which it arrived.
sealed interface Occasion {

    int KEY_BYTES = 16;

    String table();

    /// The condition that finds its row, for [#key].
    String condition();

    List<Object> key();

    /// `schedule` stands for the job file's name, its output and its times: another cron or zone is another schedule,
    /// which has missed nothing yet.
    record PlannedTime(String schedule, Instant planned) implements Occasion {

        static final String TABLE = "CELLFERRY_FIRING";

        @Override
        public String table() {
            return TABLE;
        }

        @Override
        public String condition() {
            return "SCHEDULE = ? AND PLANNED_AT = ?";
        }

        @Override
        public List<Object> key() {
            return List.of(schedule, planned.atOffset(ZoneOffset.UTC));
        }
    }

    /// `watch` is the job file's name, `arrival` stands for the path and the fingerprint.
    record ArrivedFile(String watch, String arrival, Path path) implements Occasion {

        static final String TABLE = "CELLFERRY_ARRIVAL";

        static ArrivedFile of(String watch, Path path, InputFingerprint state) {
            return new ArrivedFile(watch, hash(path.toString()) + "-" + hash(state.toString()), path);
        }

        @Override
        public String table() {
            return TABLE;
        }

        @Override
        public String condition() {
            return "WATCH = ? AND ARRIVAL = ?";
        }

        @Override
        public List<Object> key() {
            return List.of(watch, arrival);
        }
    }

    /// All schedules of one job file and one output begin alike: `nightly.yml/OUTPUT/TIMES`.
    static String owner(String fileName, Path output) {
        return "%s/%s/".formatted(fileName, hash(output.toString()));
    }

    static String schedule(JobFile file, Schedule times) {
        return owner(String.valueOf(file.file().getFileName()), file.output())
                + hash(times.cron() + " " + times.zone());
    }

    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
