package io.cellferry.omezarr;

import io.cellferry.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks that `.zmetadata` repeats the documents it stands for: some readers open the one, some the others, and they
/// would see different images.
public final class ConsolidatedCheck {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ConsolidatedCheck() {}

    /// Documents of `image` that differ; none where nothing is consolidated.
    public static List<Problem> of(Path image) {
        List<Problem> problems = new ArrayList<>();
        Path all = image.resolve(".zmetadata");
        if (Files.isRegularFile(all)) {
            try {
                JSON.readTree(Files.readAllBytes(all)).path("metadata").forEachEntry((name, said) -> {
                    if (!isSame(image.resolve(name), said)) {
                        problems.add(
                                differs(image.resolve(name), "expected what .zmetadata says, found something else"));
                    }
                });
            } catch (IOException | JacksonException e) {
                problems.add(differs(all, "expected metadata as JSON, found: %s".formatted(e.getMessage())));
            }
        }
        return problems;
    }

    /// A document that is missing or no JSON is not the same.
    private static boolean isSame(Path document, JsonNode said) {
        try {
            return JSON.readTree(Files.readAllBytes(document)).equals(said);
        } catch (IOException | JacksonException e) {
            return false;
        }
    }

    private static Problem differs(Path where, String found) {
        return Problem.refusal(
                "image.metadata", where.toString(), found + ".", "Write the image again from its scans.");
    }
}
