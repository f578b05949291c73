package io.cellferry.cellucid;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GatheredColumns;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.PickedColumns;
import io.cellferry.matrix.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Compares the genes of an export with those of its source, found by name and read some at a time.
final class GeneComparison {

    /// What gathered genes of a matrix stored cell by cell may take at once: 256 MiB.
    private static final long GATHERING_BYTES = 256L << 20;

    private static final long MOST_BLOCK_VALUES = 2_000_000;
    private static final int MOST_BLOCK_CELLS = 65_536;
    private static final int MOST_AT_ONCE = 4096;
    private static final int MOST_MISSING_GENES = 20;

    private final CellDataset dataset;
    private final ExportSource source;
    private final ReadExport export;
    private final ExportSettings settings;
    private final ComparingUnit unit;
    private final Findings findings;

    GeneComparison(
            CellDataset dataset,
            ExportSource source,
            ReadExport export,
            ExportSettings settings,
            ComparingUnit unit,
            Findings findings) {
        this.dataset = dataset;
        this.source = source;
        this.export = export;
        this.settings = settings;
        this.unit = unit;
        this.findings = findings;
    }

    /// Compares the genes that `sample` names, or all.
    void compare(GeneList genes, ExportSource.Sample sample) {
        String matrix = source.matrix().orElse("X");
        Optional<MatrixInfo> there = dataset.catalogue().matrix(matrix);
        if (findings.lacks(there, matrix)) {
            return;
        }
        MatrixInfo info = there.orElseThrow();
        Map<String, Integer> inSource = GeneList.places(dataset.geneNames(matrix, genes.column()), source.duplicates());
        List<GeneList.Gene> exported = genes.genes();
        Map<Boolean, List<Integer>> positions =
                sample
                        .genes()
                        .orElseGet(() ->
                                IntStream.range(0, exported.size()).boxed().toList())
                        .stream()
                        .collect(Collectors.partitioningBy(position ->
                                inSource.containsKey(exported.get(position).name())));
        missing(positions.getOrDefault(false, List.of()).stream()
                .map(position -> exported.get(position).name())
                .toList());
        List<Integer> known = positions.getOrDefault(true, List.of());
        // One gene gathered takes (4 + 8) bytes x cells, and twice that while it grows.
        int atOnce = (int) Math.clamp(GATHERING_BYTES / (24L * info.cells()), 1, MOST_AT_ONCE);
        for (int from = 0; from < known.size(); from += atOnce) {
            compare(info, genes, inSource, known.subList(from, Math.min(known.size(), from + atOnce)));
        }
    }

    private void missing(List<String> genes) {
        genes.stream()
                .limit(MOST_MISSING_GENES)
                .forEach(gene -> findings.add(
                        Findings.LACKING, ExportPaths.VAR_MANIFEST + ": " + gene, "The source has no such gene."));
        if (genes.size() > MOST_MISSING_GENES) {
            findings.add(
                    Findings.LACKING,
                    ExportPaths.VAR_MANIFEST,
                    "The source lacks %,d more genes.".formatted(genes.size() - MOST_MISSING_GENES));
        }
    }

    private void compare(MatrixInfo info, GeneList genes, Map<String, Integer> inSource, List<Integer> positions) {
        List<GeneList.Gene> part = new ArrayList<>();
        int[] places = new int[positions.size()];
        for (int at = 0; at < places.length; at++) {
            GeneList.Gene gene = genes.genes().get(positions.get(at));
            places[at] = Objects.requireNonNull(inSource.get(gene.name()), gene.name());
            part.add(gene);
        }
        GeneList list = new GeneList(part, genes.column(), genes.matrixGenes());
        if (info.order() == MatrixInfo.Order.GENE_MAJOR) {
            try (PickedColumns columns = new PickedColumns(dataset.columns(info.path()), places)) {
                compare(list, columns, false, positions);
            }
        } else {
            try (RowSource rows = dataset.rows(info.path())) {
                boolean dense = info.order() == MatrixInfo.Order.DENSE;
                compare(
                        list,
                        new GatheredColumns(rows, rows.blocks(MOST_BLOCK_VALUES, MOST_BLOCK_CELLS), places),
                        dense,
                        positions);
            }
        }
    }

    private void compare(GeneList part, ColumnSource columns, boolean dense, List<Integer> positions) {
        try (GeneFileWriter writer = new GeneFileWriter(settings, part, columns.cells(), dense)) {
            GeneBounds made =
                    writer.write(columns, new GeneRange(0, part.genes().size()), unit);
            GeneBounds stated = export.contents().geneBounds().getFirst();
            for (int at = 0; at < made.bounds().size(); at++) {
                boolean same = !stated.bounds().isEmpty()
                        && made.bounds().get(at).equals(stated.bounds().get(positions.get(at)));
                if (!same) {
                    findings.add(
                            "cellucid.source.differs",
                            ExportPaths.VAR_MANIFEST + ": "
                                    + part.genes().get(at).name(),
                            "Its bounds are not those of the source.");
                }
            }
        }
    }
}
