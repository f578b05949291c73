package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever bytes of a file are flipped: it reads the same, it is refused, or data without a checksum differ. It never
/// fails in another way, hangs or takes more memory than the test has.
class Hdf5FuzzTest {

    private static final Path FOLDER = Path.of("src/test/resources/hdf5/sound");
    private static final int CASES = 60;
    private static final long MOST_SECONDS = 20;

    /// Every declared extent is followed this far.
    private static final long MOST_ELEMENTS = 20_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index_earliest_40",
                "index_latest_40",
                "index_latest_5",
                "filters",
                "tables",
                "attributes",
                "types",
                "holes_latest",
                "large_groups_latest",
                "unreadable"
            })
    void flippedBytesAreSeenOrDoNoHarm(String name) throws IOException, InterruptedException {
        byte[] sound = Files.readAllBytes(FOLDER.resolve(name + ".h5"));
        Map<String, String> expected = read(write(sound));
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int number = 0; number < CASES; number++) {
            long seed = number * 1_000_003L + name.hashCode();
            Random random = new Random(seed);
            byte[] damaged = sound.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // Half of the flips go to the first two kilobytes, where most structures are.
                int bound = random.nextBoolean() ? Math.min(2048, damaged.length) : damaged.length;
                damaged[random.nextInt(bound)] = (byte) (random.nextInt(3) == 0 ? 255 : random.nextInt(256));
            }
            outcomes.merge(outcome(write(damaged), expected, "%s, seed %d".formatted(name, seed)), 1, Integer::sum);
        }

        assertThat(outcomes.keySet()).isSubsetOf("same", "refused", "different");
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(CASES);
    }

    private String outcome(Path file, Map<String, String> expected, String which) throws InterruptedException {
        FutureTask<Map<String, String>> reading = new FutureTask<>(() -> read(file));
        Thread thread = Thread.ofPlatform().daemon().name("reader").start(reading);
        try {
            Map<String, String> found = reading.get(MOST_SECONDS, TimeUnit.SECONDS);
            if (found.equals(expected)) {
                return "same";
            }
            return found.values().stream().anyMatch(line -> line.startsWith("refused")) ? "refused" : "different";
        } catch (TimeoutException e) {
            thread.interrupt();
            return "hangs: " + which;
        } catch (ExecutionException e) {
            return e.getCause() instanceof InputRefused
                    ? "refused"
                    : "fails with %s: %s".formatted(e.getCause(), which);
        }
    }

    private static Map<String, String> read(Path path) {
        try (Hdf5File file = Hdf5File.open(path)) {
            return Listing.of(file, Listing.RANGE, MOST_ELEMENTS);
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged.h5"), bytes);
    }
}
