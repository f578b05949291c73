package io.cellferry.jobs;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.genemajor.CarriedElements;
import io.cellferry.genemajor.RowSizes;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `inspect` says of a single-cell data set.
public final class CatalogueSheet {

    private CatalogueSheet() {}

    /// Of the part of `input` that `part` says; empty when it is no single-cell data.
    public static Optional<FactSheet> of(Path input, OptionValues part) {
        return CellDatasets.find(input, ChosenPart.of(part)).map(found -> {
            try (CellDataset dataset = found) {
                return of(input, dataset.catalogue(), notCarried(input, dataset));
            }
        });
    }

    /// What a gene-major store of it would lack, or why there can be none.
    private static List<Problem> notCarried(Path input, CellDataset dataset) {
        try {
            return CarriedElements.of(
                            dataset.contents(), "X", false, ZarrVersion.TWO, Compression.NONE, RowSizes.unknown())
                    .problems()
                    .stream()
                    .map(one -> Problem.note(
                            one.code(), one.where(), "in a store by `transpose`, " + one.found(), one.remedy()))
                    .toList();
        } catch (InputRefused refusal) {
            // Of a file without readable cells or genes the catalogue says so, and where.
            boolean said = dataset.catalogue().problems().stream().anyMatch(Problem::refuses);
            return said
                    ? List.of()
                    : List.of(Problem.refusal(
                            "input.contents",
                            input.toString(),
                            String.valueOf(refusal.getMessage()),
                            refusal.remedy()));
        }
    }

    private static FactSheet of(Path input, Catalogue catalogue, List<Problem> notCarried) {
        List<Problem> problems = new ArrayList<>(catalogue.problems());
        problems.addAll(notCarried);
        List<FactSheet.Table> tables = new ArrayList<>();
        tables.add(new FactSheet.Table(
                "matrices",
                List.of("path", "cells", "genes", "order", "type", "stored values", "dense", "on disk"),
                catalogue.matrices().stream().map(CatalogueSheet::matrixRow).toList()));
        tables.add(new FactSheet.Table(
                "cell annotations (obs)", List.of("name", "kind", "stored as"), columns(catalogue.obs())));
        tables.add(new FactSheet.Table(
                "gene annotations (var)", List.of("name", "kind", "stored as"), columns(catalogue.var())));
        if (!catalogue.tables().isEmpty()) {
            tables.add(new FactSheet.Table(
                    "tables (obsm)",
                    List.of("path", "columns", "type"),
                    catalogue.tables().stream()
                            .map(t -> List.of(t.path(), Integer.toString(t.columns()), t.storedType()))
                            .toList()));
        }
        if (!catalogue.graphs().isEmpty()) {
            tables.add(new FactSheet.Table(
                    "graphs (obsp)",
                    List.of("path", "cells", "stored values", "type", "on disk"),
                    catalogue.graphs().stream()
                            .map(g -> List.of(
                                    g.path(), number(g.cells()), number(g.storedValues()), g.storedType(), g.storage()))
                            .toList()));
        }
        String title = "%s: %s, %,d cells".formatted(input, catalogue.format(), catalogue.cells());
        return new FactSheet(title, tables, problems, json(input, catalogue));
    }

    private static List<String> matrixRow(MatrixInfo m) {
        double places = (double) m.cells() * m.genes();
        return List.of(
                m.path(),
                number(m.cells()),
                number(m.genes()),
                word(m.order()),
                m.storedType(),
                number(m.storedValues()),
                places == 0 ? "" : "%.1f %%".formatted(100 * m.storedValues() / places),
                m.storage());
    }

    private static String word(MatrixInfo.Order order) {
        return switch (order) {
            case CELL_MAJOR -> "by cell";
            case GENE_MAJOR -> "by gene";
            case DENSE -> "dense";
        };
    }

    private static List<List<String>> columns(List<ColumnInfo> columns) {
        return columns.stream()
                .map(c -> List.of(
                        c.name(),
                        c.index() ? "index" : c.kind().name().toLowerCase(java.util.Locale.ROOT),
                        c.storedType()))
                .toList();
    }

    private static String number(long value) {
        return "%,d".formatted(value);
    }

    private static Map<String, Object> json(Path input, Catalogue catalogue) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input", input.toString());
        json.put("format", catalogue.format());
        json.put("cells", catalogue.cells());
        json.put(
                "matrices",
                catalogue.matrices().stream().map(CatalogueSheet::json).toList());
        json.put("obs", catalogue.obs().stream().map(CatalogueSheet::json).toList());
        json.put("var", catalogue.var().stream().map(CatalogueSheet::json).toList());
        json.put("rawVar", catalogue.rawVar().stream().map(CatalogueSheet::json).toList());
        json.put("tables", catalogue.tables().stream().map(CatalogueSheet::json).toList());
        json.put("graphs", catalogue.graphs().stream().map(CatalogueSheet::json).toList());
        return json;
    }

    private static Map<String, Object> json(MatrixInfo m) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", m.path());
        json.put("cells", m.cells());
        json.put("genes", m.genes());
        json.put("order", word(m.order()));
        json.put("type", m.storedType());
        json.put("storedValues", m.storedValues());
        json.put("storedBytes", m.storedBytes());
        json.put("storage", m.storage());
        return json;
    }

    private static Map<String, Object> json(ColumnInfo c) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", c.name());
        json.put("kind", c.kind().name().toLowerCase(java.util.Locale.ROOT));
        json.put("storedAs", c.storedType());
        json.put("index", c.index());
        return json;
    }

    private static Map<String, Object> json(TableInfo t) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", t.path());
        json.put("rows", t.rows());
        json.put("columns", t.columns());
        json.put("type", t.storedType());
        json.put("usable", t.usable());
        return json;
    }
}
