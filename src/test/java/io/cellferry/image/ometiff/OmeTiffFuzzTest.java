package io.cellferry.image.ometiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes of a file are changed or missing: it is read, or refused as input. It never fails in another way,
/// hangs, or takes more memory than allowed.
class OmeTiffFuzzTest {

    private static final int CASES = 60;
    private static final long MOST_SECONDS = 20;

    /// Headers and directories of the fixtures begin here; their tiles follow.
    private static final int MOST_HEAD_BYTES = 600;

    /// Damaged sizes are followed this far.
    private static final int MOST_SIDE = 512;

    @TempDir
    Path folder;

    static List<String> files() {
        return SoundFile.all().stream().map(SoundFile::file).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void damagedFilesAreReadOrRefused(String name) throws IOException, InterruptedException {
        byte[] sound = Files.readAllBytes(SoundFile.FOLDER.resolve(name));
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int number = 0; number < CASES; number++) {
            long seed = number * 1_000_003L + name.hashCode();
            Path file = Files.write(folder.resolve("damaged.tif"), damaged(sound, new Random(seed)));
            outcomes.merge(outcome(file, "%s, seed %d".formatted(name, seed)), 1, Integer::sum);
        }

        assertThat(outcomes.keySet()).isSubsetOf("read", "refused");
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(CASES);
    }

    /// A third is cut off; in the others up to four bytes change, half of them where the numbers stand.
    private static byte[] damaged(byte[] sound, Random random) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(sound, random.nextInt(sound.length));
        }
        byte[] damaged = sound.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            int bound = random.nextBoolean() ? Math.min(MOST_HEAD_BYTES, damaged.length) : damaged.length;
            damaged[random.nextInt(bound)] = (byte) (random.nextInt(3) == 0 ? 255 : random.nextInt(256));
        }
        return damaged;
    }

    private static String outcome(Path file, String which) throws InterruptedException {
        FutureTask<Boolean> reading = new FutureTask<>(() -> read(file));
        Thread thread = Thread.ofPlatform().daemon().name("reader").start(reading);
        try {
            return reading.get(MOST_SECONDS, TimeUnit.SECONDS) ? "read" : "refused";
        } catch (TimeoutException e) {
            thread.interrupt();
            return "hangs: " + which;
        } catch (ExecutionException e) {
            return e.getCause() instanceof InputRefused
                    ? "refused"
                    : "fails with %s: %s".formatted(e.getCause(), which);
        }
    }

    /// Reads a corner of every plane; false if the file itself says that something cannot be read.
    private static boolean read(Path path) {
        try (ImageFile file = ImageFiles.open(path)) {
            for (int number = 0; number < file.planes().size(); number++) {
                Plane plane = file.planes().get(number);
                int width = (int) Math.min(MOST_SIDE, plane.width());
                int height = (int) Math.min(MOST_SIDE, plane.height());
                int rowBytes = width * plane.type().bytes();
                try (PlaneReader reader = file.reader(number, SoundFile.MOST_BYTES)) {
                    reader.read(new PixelRegion(0, 0, width, height), new byte[rowBytes * height], 0, rowBytes);
                }
            }
            return file.problems().stream().noneMatch(Problem::refuses);
        }
    }
}
