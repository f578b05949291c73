package io.cellferry.dataset.columns;

import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Puts a [Frame] together from its index and its columns: the index says how many rows there are, and what does not
/// fit that is marked unusable and noted.
public final class FrameRows {

    /// Comparing more names than this would make looking into a file slow (a million texts take about a second). Genes
    /// are always fewer.
    private static final long MOST_NAMES_COMPARED = 200_000;

    private final Path file;
    private final String path;
    private final List<Problem> problems;

    /// `problems` are those found so far.
    public FrameRows(Path file, String path, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.problems = new ArrayList<>(problems);
    }

    /// Nothing names the rows; the reason is among the problems.
    public Frame withoutIndex(List<StoredColumn> columns) {
        columns.forEach(this::noteUnusable);
        return new Frame(path, OptionalLong.empty(), Optional.empty(), columns, problems);
    }

    public Frame indexed(StoredColumn index, List<StoredColumn> others) {
        if (index instanceof StoredColumn.Unusable unusable) {
            problems.add(noIndex(path, unusable.why().where(), unusable.why().found()));
            return withoutIndex(others);
        }
        long rows = rows(index);
        if (rows >= Integer.MAX_VALUE) {
            problems.add(noIndex(path, path, "names %,d rows, more than can be read (2,147,483,646)".formatted(rows)));
            return withoutIndex(others);
        }
        compareNames(index, rows);
        List<StoredColumn> columns = new ArrayList<>();
        columns.add(index);
        for (StoredColumn column : others) {
            columns.add(fitted(column, rows));
        }
        return new Frame(path, OptionalLong.of(rows), Optional.of(index), columns, problems);
    }

    /// The problem of a frame whose rows have no names.
    public static Problem noIndex(String path, String where, String found) {
        return Problem.refusal(
                "input.%s.index".formatted(path.replace('/', '.')),
                where,
                "%s has no usable index: %s".formatted(path, found),
                "Write the file again with anndata, which names every row.");
    }

    private StoredColumn fitted(StoredColumn column, long rows) {
        noteUnusable(column);
        if (column instanceof StoredColumn.Unusable) {
            return column;
        }
        long found = rows(column);
        if (found == rows) {
            return column;
        }
        Problem mismatch = Problem.refusal(
                "input.column.length",
                path + "/" + column.info().name(),
                "has %,d values but %s has %,d rows".formatted(found, path, rows),
                "Write the column again from its source, or leave it out.");
        problems.add(Obstacle.optional(mismatch));
        return new StoredColumn.Unusable(column.info(), mismatch);
    }

    private void noteUnusable(StoredColumn column) {
        if (column instanceof StoredColumn.Unusable unusable) {
            problems.add(Obstacle.optional(unusable.why()));
        }
    }

    private static long rows(StoredColumn column) {
        return switch (column) {
            case StoredColumn.Plain plain -> plain.values().rows();
            case StoredColumn.Coded coded -> coded.codes().rows();
            case StoredColumn.Masked masked -> masked.values().rows();
            case StoredColumn.Unusable unusable -> 0;
        };
    }

    private void compareNames(StoredColumn index, long rows) {
        if (rows > MOST_NAMES_COMPARED) {
            problems.add(Problem.note(
                    "input.names.unchecked",
                    path,
                    "its %,d names were not compared with each other".formatted(rows),
                    "Nothing to do, unless something downstream needs unique names."));
            return;
        }
        try {
            List<String> names = new TextReader(file).read(index);
            Set<String> seen = new HashSet<>();
            List<String> repeated =
                    names.stream().filter(name -> !seen.add(name)).toList();
            if (!repeated.isEmpty()) {
                problems.add(Problem.warning(
                        "input.names.duplicate",
                        path,
                        "%,d of %,d names repeat an earlier one, the first is \"%s\""
                                .formatted(repeated.size(), names.size(), repeated.getFirst()),
                        "Make the names unique (anndata: %s_names_make_unique()) if something depends on them."
                                .formatted(path.endsWith("obs") ? "obs" : "var")));
            }
        } catch (InputRefused refusal) {
            problems.add(Obstacle.optional(Obstacle.listed(file, "input.names.unreadable", path, refusal)));
        }
    }
}
