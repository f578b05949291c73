package io.cellferry.jobs.hvgselection;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.Problem;
import io.cellferry.failure.StorageFailed;
import io.cellferry.hvg.HvgCsv;
import io.cellferry.hvg.HvgJson;
import io.cellferry.hvg.HvgTable;
import io.cellferry.storage.ByteSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A written table compared with the one it should be: the same text, or the genes that differ.
final class TableComparison {

    private static final int MOST_NAMED = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    private TableComparison() {}

    static Optional<Problem> csv(Path file, HvgTable table) {
        String expected = text(table, HvgCsv::write);
        String found = read(file);
        if (expected.equals(found)) {
            return Optional.empty();
        }
        List<String> expectedLines = expected.lines().toList();
        List<String> foundLines = found.lines().toList();
        if (foundLines.size() != expectedLines.size() || !foundLines.getFirst().equals(expectedLines.getFirst())) {
            return Optional.of(otherShape(file));
        }
        List<String> genes = new ArrayList<>();
        for (int gene = 0; gene < table.genes().size(); gene++) {
            if (!expectedLines.get(gene + 1).equals(foundLines.get(gene + 1))) {
                genes.add(table.genes().get(gene));
            }
        }
        return Optional.of(differs(file, genes, table.genes().size()));
    }

    static Optional<Problem> json(Path file, HvgTable table) {
        String expected = text(table, HvgJson::write);
        String found = read(file);
        if (expected.equals(found)) {
            return Optional.empty();
        }
        try {
            JsonNode expectedColumns = JSON.readTree(expected).path("columns");
            JsonNode foundColumns = JSON.readTree(found).path("columns");
            List<String> genes = new ArrayList<>();
            for (int gene = 0; gene < table.genes().size(); gene++) {
                int at = gene;
                boolean same = expectedColumns.properties().stream().allMatch(column -> column.getValue()
                        .path(at)
                        .equals(foundColumns.path(column.getKey()).path(at)));
                if (!same) {
                    genes.add(table.genes().get(gene));
                }
            }
            return Optional.of(
                    genes.isEmpty()
                            ? otherShape(file)
                            : differs(file, genes, table.genes().size()));
        } catch (JacksonException e) {
            return Optional.of(otherShape(file));
        }
    }

    private static Problem differs(Path file, List<String> genes, int all) {
        String named = String.join(", ", genes.subList(0, Math.min(MOST_NAMED, genes.size())))
                + (genes.size() > MOST_NAMED ? ", …" : "");
        return Problem.refusal(
                "hvg.differs",
                file.toString(),
                "%,d of %,d genes have other scores than the input gives: %s.".formatted(genes.size(), all, named),
                "Make sure it is this input the genes were chosen from; if it is, choose them again.");
    }

    private static Problem otherShape(Path file) {
        return Problem.refusal(
                "hvg.differs",
                file.toString(),
                "expected the table of this input, found one of other genes, columns or remarks.",
                "Make sure it is this input the genes were chosen from; if it is, choose them again.");
    }

    private static String text(HvgTable table, BiConsumer<HvgTable, ByteSink> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.accept(table, some -> {
            byte[] copy = new byte[some.remaining()];
            some.get(copy);
            bytes.writeBytes(copy);
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Look after the disk, then run the same command again.",
                    e);
        }
    }
}
