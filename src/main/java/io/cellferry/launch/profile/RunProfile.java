package io.cellferry.launch.profile;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Recording;

/// A recording of what this process does, from its start until it is closed, when it becomes a file.
///
/// Fit for runs of days: samples are taken at a fixed rate, and of more than [#MOST_BYTES] the newest are kept. Costs
/// about one percent of the processors. The recorder sees the whole process, other runs in it included.
public final class RunProfile implements AutoCloseable {

    /// What of `--memory` goes to the recorder: its buffers (10 MB and 16 kB a thread), its tables of classes and
    /// stacks, and reading the file afterwards.
    public static final long MEMORY_BYTES = 48L << 20;

    private static final long MOST_BYTES = 100L << 20;

    private final Recording recording;

    private RunProfile(Recording recording) {
        this.recording = recording;
    }

    /// Begins to record; the file appears when the profile is closed, or when the process ends by itself.
    public static RunProfile start(Path file) {
        Recording recording = new Recording(settings());
        try {
            recording.setName("cellferry");
            recording.setToDisk(true);
            recording.setMaxSize(MOST_BYTES);
            recording.setDumpOnExit(true);
            recording.setDestination(file);
            recording.start();
        } catch (IOException e) {
            recording.close();
            throw new StorageFailed(
                    "%s: expected a place for the profile, found: %s.".formatted(file, IoWords.of(e)),
                    "Look after the disk and the permissions of the state folder, or leave --profile out.",
                    e);
        }
        return new RunProfile(recording);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        sampled(settings, "jdk.ExecutionSample", "period", "20 ms");
        sampled(settings, "jdk.ObjectAllocationSample", "throttle", "150/s");
        sampled(settings, "jdk.ResidentSetSize", "period", "1 s");
        sampled(settings, "jdk.CPULoad", "period", "1 s");
        settings.put("jdk.GarbageCollection#enabled", "true");
        settings.put("jdk.GarbageCollection#threshold", Duration.ZERO.toNanos() + " ns");
        settings.put("jdk.GCHeapSummary#enabled", "true");
        return settings;
    }

    private static void sampled(Map<String, String> settings, String event, String how, String rate) {
        settings.put(event + "#enabled", "true");
        settings.put(event + "#" + how, rate);
        settings.put(event + "#stackTrace", "true");
    }

    /// Ends the recording and writes the file.
    @Override
    public void close() {
        if (recording.getState() == jdk.jfr.RecordingState.RUNNING) {
            recording.stop();
        }
        recording.close();
    }
}
