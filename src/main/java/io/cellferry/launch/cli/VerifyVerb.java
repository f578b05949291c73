package io.cellferry.launch.cli;

import io.cellferry.failure.OutputOwned;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.storage.ManifestCheck;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `verify OUTPUT`: files against their manifest, content against the rules of the format, values against the input.
@Command(
        description =
                "Check an output: every file against its manifest, the format's strict rules, the input if given.",
        mixinStandardHelpOptions = true)
final class VerifyVerb implements Callable<Integer> {

    private static final int DIFFERENT = 1;
    /// The same share of the same output is the same files on every day.
    private static final long SAMPLE_SEED = 1;

    private final List<ConversionJob> jobs;
    private final Console console;
    private final Machine machine;

    @Parameters(index = "0", paramLabel = "OUTPUT", description = "What to check.")
    private Path output = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "INPUT",
            description = "Compare values with what the output was made from.")
    private Optional<Path> against = Optional.empty();

    @ArgGroup(exclusive = true)
    private Depth depth = new Depth();

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(names = "--profile", description = "Record where time and memory go.")
    private boolean profile;

    /// How much is read; everything when nothing is said.
    static final class Depth {
        @Option(names = "--quick", description = "Names, sizes and manifests only.")
        private boolean quick;

        @Option(names = "--sample", paramLabel = "PERCENT", description = "Read a share of the payload files.")
        private Optional<Double> sample = Optional.empty();

        @Option(names = "--full", description = "Read every byte (default).")
        private boolean full;

        CheckDepth chosen() {
            if (sample.isPresent()) {
                double percent = sample.get();
                if (!(percent > 0 && percent <= 100)) {
                    throw new RequestRefused(
                            "--sample must be more than 0 and at most 100 percent, not %s.".formatted(percent),
                            "Give it a share such as --sample 5.");
                }
                return new CheckDepth.Sample(percent);
            }
            return quick ? new CheckDepth.Quick() : new CheckDepth.Full();
        }
    }

    VerifyVerb(List<ConversionJob> jobs, Console console, Machine machine) {
        this.jobs = jobs;
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        return QuickProfile.of(profile, "verify", () -> machine.state(Optional.empty()), console, this::verify);
    }

    private int verify() {
        Path path = machine.resolve(output);
        if (!Files.exists(path)) {
            throw absent(path);
        }
        Optional<OutputHeading> heading = OutputHeading.read(path);
        CheckDepth chosen = depth.chosen();
        boolean everything = chosen instanceof CheckDepth.Full;
        if (everything) {
            console.say("reading every file of %s for its hash".formatted(path));
        }
        List<Problem> problems = new ArrayList<>(manifestProblems(path, chosen));
        Optional<ConversionJob> job =
                jobs.stream().filter(candidate -> candidate.recognises(path)).findFirst();
        if (job.isPresent()) {
            if (everything) {
                // An atlas takes minutes.
                console.say(against.map("comparing what they hold with %s"::formatted)
                        .orElse("checking what they hold"));
            }
            problems.addAll(job.get().verify(path, against.map(machine::resolve), chosen));
        } else if (OutputHeading.read(path).isPresent()) {
            // The very file that it is known by is missing or damaged, which --quick does not see by its size.
            problems.add(Problem.refusal(
                    "output.unknown",
                    path.toString(),
                    "expected an output that a job wrote, as its manifest says; found nothing that any job knows.",
                    (everything ? "" : "`cellferry verify` without --quick names the damaged files. ")
                            + "Make the output again."));
        } else {
            throw new RequestRefused(
                    "%s is nothing that any job writes.".formatted(path),
                    "Name a finished output, such as a folder with a dataset_identity.json or a .zgroup.");
        }
        boolean good = problems.stream().noneMatch(Problem::refuses);
        if (!good && !(Files.exists(path) && OutputHeading.read(path).equals(heading))) {
            throw new OutputOwned("%s was replaced while it was checked.".formatted(path), "Check it again.");
        }
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("output", path.toString());
            all.put("good", good);
            all.put("problems", Console.jsonOf(problems));
            console.json(all);
        } else {
            console.problems(problems);
            console.result(
                    good
                            ? "%s is whole and sound".formatted(path)
                            : "%s differs from what it should be".formatted(path));
        }
        return good ? Cellferry.ok() : DIFFERENT;
    }

    private static Refusal absent(Path output) {
        RunFolders folders = new RunFolders(new RealDisk());
        return folders.owner(output)
                .filter(owner -> folders.isOwned(output))
                .<Refusal>map(owner -> new OutputOwned(
                        "%s is not there yet: run %s is at work on it.".formatted(output, owner.runId()),
                        "Wait until it is done, then check it."))
                .orElseGet(() ->
                        new RequestRefused("There is no output %s.".formatted(output), "Name a finished output."));
    }

    private static List<Problem> manifestProblems(Path output, CheckDepth depth) {
        return switch (depth) {
            case CheckDepth.Quick quick -> ManifestCheck.quick(output);
            case CheckDepth.Sample sample -> ManifestCheck.sample(output, sample.percent() / 100, SAMPLE_SEED);
            case CheckDepth.Full full -> ManifestCheck.full(output);
        };
    }
}
