package io.cellferry.dataset.hdf5;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What h5py reads in a folder of files, from the listing that src/test/scripts/h5py_listing.py made, and the
/// comparison of what we read with it.
record ExpectedListing(Path folder, Map<String, List<Line>> lines) {

    /// One data set, or one field of a table.
    record Line(String file, String path, String shape, String field, String kind, String digest) {

        String key() {
            return path + "\t" + (shape.equals("null") ? "0" : shape) + "\t" + field;
        }

        /// The result we must find, `refused` standing for any refusal.
        String expected() {
            return switch (kind) {
                case "num" -> "num\t" + digest.substring(0, digest.lastIndexOf(' '));
                case "text" -> "text\t" + digest;
                case "empty" -> "num\t0 00000000";
                default -> "refused";
            };
        }
    }

    static ExpectedListing of(Path folder, Path listing) throws IOException {
        Map<String, List<Line>> byFile = new TreeMap<>();
        for (String text : Files.readAllLines(listing)) {
            String[] part = text.split("\t");
            byFile.computeIfAbsent(part[0], file -> new ArrayList<>())
                    .add(new Line(part[0], part[1], part[2], part[3], part[4], part[5]));
        }
        return new ExpectedListing(folder, byFile);
    }

    int count() {
        return lines.values().stream().mapToInt(List::size).sum();
    }

    /// Every line that we read differently, reading `range` elements at a time. `exceptions` holds what we are
    /// expected to find instead, by the beginning of file and path: a result, or `refused` and a part of the
    /// reason.
    List<String> differences(int range, Map<String, String> exceptions) {
        List<String> differences = new ArrayList<>();
        lines.forEach((name, expected) -> {
            try (Hdf5File file = Hdf5File.open(folder.resolve(name))) {
                Map<String, String> found = Listing.of(file, range);
                for (Line line : expected) {
                    String result = found.getOrDefault(line.key(), found.getOrDefault(line.path(), "nothing"));
                    if (!matches(result, wanted(line, exceptions))) {
                        differences.add(line + " but found " + result);
                    }
                }
            }
        });
        return differences;
    }

    private static String wanted(Line line, Map<String, String> exceptions) {
        String place = line.file() + " " + line.path();
        return exceptions.entrySet().stream()
                .filter(exception -> place.startsWith(exception.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(line.expected());
    }

    private static boolean matches(String result, String wanted) {
        return wanted.startsWith("refused")
                ? result.startsWith("refused")
                        && result.contains(wanted.substring("refused".length()).strip())
                : result.equals(wanted);
    }
}
