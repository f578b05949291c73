package io.cellferry.dataset.tenx;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo.Order;
import io.cellferry.dataset.columns.ColumnKinds;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.FrameRows;
import io.cellferry.dataset.elements.FrameElement;
import io.cellferry.dataset.matrices.Axis;
import io.cellferry.dataset.matrices.FoundMatrix;
import io.cellferry.dataset.matrices.MatrixInspection;
import io.cellferry.dataset.parts.DatasetParts;
import io.cellferry.dataset.parts.StoredDataset;
import io.cellferry.dataset.tree.OpenStore;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks into a 10x file. Its matrix is CSC of genes by barcodes, which read as it lies is cell by cell. Cell Ranger 3
/// and later keep one group `matrix`, earlier ones a group per genome.
///
/// Genes are named by their id, which is unique; the symbol is column `name`. `X` holds all feature types; column
/// `feature_type` tells them apart.
public final class TenxReader {

    private static final String MATRIX = "matrix";

    private final Path file;
    private final TreeGroup group;
    private final FeatureColumns features;
    private final String format;

    private TenxReader(Path file, TreeGroup group, FeatureColumns features, String format) {
        this.file = file;
        this.group = group;
        this.features = features;
        this.format = format;
    }

    public static boolean recognises(TreeGroup root) {
        return root.group(MATRIX).isPresent() || !GenomeGroups.of(root).isEmpty();
    }

    /// The data set takes `file` over and closes it.
    public static CellDataset open(OpenStore file) {
        return new StoredDataset(file, reader(file).parts());
    }

    private static TenxReader reader(OpenStore file) {
        Optional<TreeGroup> matrix = file.root().group(MATRIX);
        if (matrix.isPresent()) {
            return new TenxReader(
                    file.path(), matrix.get(), FeatureColumns.ofVersion3(matrix.get()), "10x Genomics HDF5 v3");
        }
        List<TreeGroup> genomes = GenomeGroups.of(file.root());
        if (genomes.size() != 1) {
            throw new InputRefused(
                    "%s: holds %d genomes, each a data set of its own: %s."
                            .formatted(
                                    file.path(),
                                    genomes.size(),
                                    String.join(
                                            ", ",
                                            genomes.stream()
                                                    .map(TenxReader::name)
                                                    .toList())),
                    "Take one out first, for instance scanpy.read_10x_h5(file, genome=\"...\").write_h5ad(...).");
        }
        TreeGroup genome = genomes.getFirst();
        return new TenxReader(
                file.path(), genome, FeatureColumns.ofVersion2(genome), "10x Genomics HDF5 v2, genome " + name(genome));
    }

    private static String name(TreeGroup genome) {
        return genome.path().substring(1);
    }

    private DatasetParts parts() {
        Optional<long[]> shape = cellsByGenes();
        Frame obs = barcodes(shape);
        Frame var = features.frame(file);
        FoundMatrix matrix = new MatrixInspection(
                        file,
                        DatasetParts.MAIN_MATRIX,
                        new Axis(group.path() + "/barcodes", "cell", obs.rows()),
                        new Axis(features.where(), "gene", var.rows()))
                .compressed(group, shape, Order.CELL_MAJOR);
        int cells = (int) Math.min(obs.rows().orElse(0), Integer.MAX_VALUE);
        return new DatasetParts(
                format,
                cells,
                List.of(matrix),
                List.of(),
                obs,
                var,
                Optional.empty(),
                List.of(),
                () -> contents(obs, var),
                List.of());
    }

    /// 10x writes genes, barcodes.
    private Optional<long[]> cellsByGenes() {
        return group.array("shape")
                .filter(shape -> shape.shape().length == 1 && shape.shape()[0] == 2)
                .map(shape -> shape.readWholes(0, 2))
                .map(shape -> new long[] {shape[1], shape[0]});
    }

    private Frame barcodes(Optional<long[]> shape) {
        Optional<TreeArray> barcodes = group.array("barcodes");
        if (barcodes.isPresent()) {
            return new FrameRows(file, "obs", List.of())
                    .indexed(ColumnKinds.plain("barcodes", new ColumnValues.OfArray(barcodes.get()), true), List.of());
        }
        Problem numbered = Problem.warning(
                "input.barcodes.missing",
                group.path() + "/barcodes",
                "the file does not name its cells; they are numbered from 0",
                "Use the file as Cell Ranger wrote it if the barcodes matter.");
        OptionalLong cells = shape.isPresent() ? OptionalLong.of(shape.get()[0]) : OptionalLong.empty();
        return new Frame("obs", cells, Optional.empty(), List.of(), List.of(numbered));
    }

    /// The names; the matrix itself is nothing that AnnData would store this way.
    private static Element.Mapping contents(Frame obs, Frame var) {
        Map<String, Element> members = new LinkedHashMap<>();
        members.put("obs", FrameElement.of(obs));
        members.put("var", FrameElement.of(var));
        return new Element.Mapping(members);
    }
}
