package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.Opened;
import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.matrix.CellRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever file of an experiment is damaged or cut off: each part reads the same or is refused. Nothing fails in
/// another way or hangs.
///
/// TileDB has no checksums unless asked for, so this is as good as what its writer recorded: the sum of every tile,
/// which shows neither changes below its last digit nor any beside a NaN, and nothing about texts.
class SomaFuzzTest {

    private static final int CASES = Integer.getInteger("cellferry.fuzz.cases", 120);
    private static final long MOST_SECONDS = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"soma/tiny.tar.gz", "soma/moved.tar.gz", "corpus/soma/soma-exp-pbmc-small.tar.gz"})
    void damageIsSeenOrDoesNoHarm(String archive) throws IOException, InterruptedException {
        Path experiment = SomaFixtures.unpacked(Path.of("src/test/resources", archive), folder);
        List<Path> files = SomaFixtures.files(experiment).stream()
                .filter(file -> !file.toString().contains("/uns/"))
                .toList();
        Map<String, Part> expected = read(experiment);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int number = 0; number < CASES; number++) {
            long seed = number * 1_000_003L + archive.hashCode();
            Random random = new Random(seed);
            Path file = files.get(random.nextInt(files.size()));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, damaged(sound, random));
            String which = "seed %d, %s".formatted(seed, experiment.relativize(file));
            outcomes.merge(outcome(experiment, expected, which), 1, Integer::sum);
            Files.write(file, sound);
        }

        System.out.println(archive + ": " + outcomes);
        assertThat(outcomes.keySet()).isSubsetOf("same", "refused", "another text");
        assertThat(outcomes.get("refused")).isGreaterThan(CASES / 2);
        assertThat(read(experiment)).isEqualTo(expected);
    }

    private static byte[] damaged(byte[] sound, Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(sound, random.nextInt(sound.length));
        }
        byte[] bytes = sound.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(3) == 0 ? 255 : random.nextInt(256));
        }
        return bytes;
    }

    private static String outcome(Path experiment, Map<String, Part> expected, String which)
            throws InterruptedException {
        FutureTask<Map<String, Part>> reading = new FutureTask<>(() -> read(experiment));
        Thread thread = Thread.ofPlatform().daemon().name("reader").start(reading);
        try {
            return compared(expected, reading.get(MOST_SECONDS, TimeUnit.SECONDS), which);
        } catch (TimeoutException e) {
            thread.interrupt();
            return "hangs: " + which;
        } catch (ExecutionException e) {
            return e.getCause() instanceof InputRefused
                    ? "refused"
                    : "fails with %s: %s".formatted(e.getCause(), which);
        }
    }

    private static String compared(Map<String, Part> expected, Map<String, Part> found, String which) {
        String outcome = "same";
        for (Map.Entry<String, Part> entry : expected.entrySet()) {
            Part part = entry.getValue();
            Part now = found.getOrDefault(entry.getKey(), REFUSED);
            if (part.equals(REFUSED)) {
                continue;
            } else if (now.equals(REFUSED)) {
                outcome = "refused";
            } else if (part.isText() && !now.words().equals(part.words())) {
                return "another text";
            } else if (!now.words().equals(part.words()) || !sameAsFarAsSumsShow(part.numbers(), now.numbers())) {
                return "another value of %s: %s, %s instead of %s".formatted(entry.getKey(), which, now, part);
            }
        }
        return outcome;
    }

    private static boolean sameAsFarAsSumsShow(List<Double> expected, List<Double> found) {
        double size = expected.stream().mapToDouble(Math::abs).sum();
        if (expected.size() != found.size() || Double.isNaN(size)) {
            return expected.size() == found.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!(Math.abs(expected.get(i) - found.get(i)) <= 1e-12 * size)) {
                return false;
            }
        }
        return true;
    }

    private record Part(String words, List<Double> numbers) {
        boolean isText() {
            return words.startsWith("text");
        }
    }

    private static final Part REFUSED = new Part("refused", List.of());

    /// Every part of the experiment with all it holds.
    private static Map<String, Part> read(Path path) {
        Map<String, Part> parts = new LinkedHashMap<>();
        try (Opened opened = Opened.at(path)) {
            for (MatrixInfo matrix : opened.catalogue().matrices()) {
                part(parts, matrix.path(), () -> numbers(opened.values(matrix.path(), 50, 7)));
                part(parts, matrix.path() + " genes", () -> new Part("text " + opened.genes(matrix.path()), List.of()));
            }
            for (MatrixInfo graph : opened.catalogue().graphs()) {
                part(parts, graph.path(), () -> numbers(opened.values(graph.path())));
            }
            for (TableInfo table : opened.catalogue().tables()) {
                part(parts, table.path(), () -> table(opened.dataset().table(table.path())));
            }
            for (ColumnInfo column : opened.catalogue().obs()) {
                part(
                        parts,
                        "obs " + column.name(),
                        () -> column(opened.dataset().obsColumn(column.name())));
            }
        }
        return parts;
    }

    private static void part(Map<String, Part> parts, String name, Supplier<Part> reading) {
        Part read;
        try {
            read = reading.get();
        } catch (InputRefused | RequestRefused refused) {
            read = REFUSED;
        }
        parts.put(name, read);
    }

    private static Part numbers(double[]... rows) {
        return new Part(
                "numbers",
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).boxed().toList());
    }

    private static Part table(NumericTable table) {
        double[] values = new double[table.rows() * table.columns()];
        table.read(new CellRange(0, table.rows()), values);
        return numbers(values);
    }

    private static Part column(ObsColumn column) {
        return switch (column) {
            case ObsColumn.Numbers numbers -> {
                // What a missing cell holds is nobody's business.
                numbers.missing().stream().forEach(cell -> numbers.values()[cell] = 0);
                yield new Part(
                        "missing " + numbers.missing(),
                        numbers(numbers.values()).numbers());
            }
            case ObsColumn.Flags flags -> new Part(flags.values() + " " + flags.missing(), List.of());
            case ObsColumn.Categories categories ->
                new Part(categories.labels() + Arrays.toString(categories.codes()) + categories.ordered(), List.of());
            case ObsColumn.Texts texts ->
                new Part("text " + texts.distinct() + Arrays.toString(texts.codes()), List.of());
        };
    }
}
