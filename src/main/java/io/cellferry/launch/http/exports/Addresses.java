package io.cellferry.launch.http.exports;

import io.cellferry.launch.DataRoots;
import io.cellferry.launch.http.exports.Address.Question;
import io.cellferry.storage.ManifestStamp;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what addresses name:
///
/// ```
/// /exports/NAME/folder/output/file           a file of an output
/// /exports/NAME/datasets.json                the catalogue of a folder, for static hosting
/// /exports/NAME/_cellucid/health …           the folder as a data source
/// /_cellucid/health …                        all published folders as one data source,
/// /DATASET/file                              whose data sets lie here
/// ```
final class Addresses {

    private static final String EXPORTS = "exports";
    private static final String SOURCE = "_cellucid";
    private static final String CATALOGUE = "datasets.json";
    private static final Address NOTHING = new Address.Nothing();

    private final Map<String, Path> published = new LinkedHashMap<>();
    private final Datasets datasets;

    Addresses(DataRoots roots, Datasets datasets) {
        roots.published().stream().sorted().forEach(name -> Optional.ofNullable(
                        roots.writable().get(name))
                .ifPresent(root -> published.put(name, root)));
        this.datasets = datasets;
    }

    /// Whether the address is one of these; everything else is somebody else's.
    boolean cover(String rawPath) {
        return isOwn(rawPath) || ofDataset(rawPath).isPresent();
    }

    Address find(String rawPath) {
        return isOwn(rawPath)
                ? RequestPath.names(rawPath).map(this::own).orElse(NOTHING)
                : ofDataset(rawPath).orElse(NOTHING);
    }

    private static boolean isOwn(String rawPath) {
        return rawPath.startsWith("/" + EXPORTS + "/") || rawPath.startsWith("/" + SOURCE + "/");
    }

    private Optional<Address> ofDataset(String rawPath) {
        return RequestPath.names(rawPath).filter(names -> names.size() > 1).flatMap(names -> datasets.output(
                        names.getFirst())
                .map(output -> new Address.OutputFile(output, joined(names, 1))));
    }

    private Address own(List<String> names) {
        if (names.getFirst().equals(SOURCE)) {
            return names.size() == 2 && !published.isEmpty() ? source(names.get(1), Optional.empty()) : NOTHING;
        }
        Optional<Path> root = Optional.ofNullable(published.get(names.get(1)));
        return root.map(folder -> below(folder, names.subList(2, names.size()))).orElse(NOTHING);
    }

    /// Folders first, each a real one; the first name with a manifest beside it is an output.
    private static Address below(Path root, List<String> names) {
        Path folder = root;
        for (int at = 0; at < names.size(); at++) {
            String name = names.get(at);
            int left = names.size() - at - 1;
            if (name.equals(SOURCE)) {
                return left == 1 ? source(names.get(at + 1), Optional.of(folder)) : NOTHING;
            }
            if (name.isEmpty() || name.startsWith(".")) {
                return NOTHING;
            }
            Path next;
            try {
                next = folder.resolve(name);
            } catch (InvalidPathException e) {
                return NOTHING;
            }
            if (ManifestStamp.of(next).isPresent()) {
                return new Address.OutputFile(next, joined(names, at + 1));
            }
            if (left == 0 && name.equals(CATALOGUE)) {
                return new Address.Source(Question.CATALOGUE, Optional.of(folder));
            }
            if (!Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                return NOTHING;
            }
            folder = next;
        }
        return NOTHING;
    }

    private static Address source(String question, Optional<Path> folder) {
        return switch (question) {
            case "health" -> new Address.Source(Question.HEALTH, folder);
            case "info" -> new Address.Source(Question.INFO, folder);
            case "datasets" -> new Address.Source(Question.DATASETS, folder);
            default -> NOTHING;
        };
    }

    private static String joined(List<String> names, int from) {
        return String.join("/", names.subList(from, names.size()));
    }
}
