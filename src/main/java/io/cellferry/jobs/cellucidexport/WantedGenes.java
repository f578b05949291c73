package io.cellferry.jobs.cellucidexport;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `--genes` names: nothing (all genes, or those that will be chosen), a file with one name a line, or the names
/// themselves.
final class WantedGenes {

    /// Far above any list of genes; a matrix named by mistake is refused before it is read.
    private static final long MOST_BYTES = 64L << 20;

    /// Some editors begin a file in UTF-8 with it.
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private WantedGenes() {}

    static Optional<List<String>> of(JobRequest request) {
        List<String> said = request.options().texts("genes");
        if (said.isEmpty() || said.stream().anyMatch(VariableGenes::asks)) {
            return Optional.empty();
        }
        Optional<Path> file = namedFile(request);
        return Optional.of(file.isPresent() ? lines(file.get()) : CommaList.of(said, List.of()));
    }

    /// The file with the list, when `--genes` names one.
    static Optional<Path> namedFile(JobRequest request) {
        List<String> said = request.options().texts("genes");
        return said.size() == 1 ? file(said.getFirst()) : Optional.empty();
    }

    private static Optional<Path> file(String said) {
        try {
            Path path = Path.of(said);
            return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // a gene name, then
        }
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new RequestRefused(
                        "--genes: %s has %,d bytes; a list of genes has at most %,d."
                                .formatted(file, Files.size(file), MOST_BYTES),
                        "Name a text file with one gene a line.");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.substring(text.startsWith(BYTE_ORDER_MARK) ? 1 : 0)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new RequestRefused(
                    "--genes: %s cannot be read as UTF-8 text: %s".formatted(file, IoWords.of(e)),
                    "Name a text file with one gene a line.",
                    e);
        }
    }
}
