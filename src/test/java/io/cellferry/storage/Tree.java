package io.cellferry.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Folders as values, for comparing.
final class Tree {

    private Tree() {}

    /// Every file with its contents and every folder (ending in `/`), by relative path; empty when nothing is there.
    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        if (!Files.exists(root)) {
            return tree;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(path -> !path.equals(root)).forEach(path -> {
                String name = root.relativize(path).toString();
                if (Files.isDirectory(path)) {
                    tree.put(name + "/", "");
                } else {
                    tree.put(name, contents(path));
                }
            });
        }
        return tree;
    }

    private static String contents(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path root, Map<String, String> tree) throws IOException {
        Files.createDirectories(root);
        for (Map.Entry<String, String> entry : tree.entrySet()) {
            Path path = root.resolve(entry.getKey());
            if (entry.getKey().endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.write(path, entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> walk = Files.walk(root)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
