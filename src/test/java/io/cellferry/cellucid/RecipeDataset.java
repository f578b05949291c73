package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.GeneNames;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.TableInfo;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The data set of a [Recipe] behind the port that real readers implement.
final class RecipeDataset implements CellDataset {

    private final Recipe recipe;

    RecipeDataset(Recipe recipe) {
        this.recipe = recipe;
    }

    @Override
    public Catalogue catalogue() {
        List<MatrixInfo> matrices = new ArrayList<>();
        recipe.genes().ifPresent(genes -> matrices.add(info("X", recipe.matrix(), genes.size(), matrix().valueType())));
        List<MatrixInfo> graphs = new ArrayList<>();
        recipe.graph().ifPresent(graph -> graphs.add(info("obsp/connectivities", graph, recipe.cells(), type(graph))));
        List<ColumnInfo> obs = recipe.list("obs").stream()
                .map(column ->
                        new ColumnInfo(column.member("name").asText(), ColumnInfo.Kind.CATEGORY, "made up", false))
                .toList();
        return new Catalogue(
                "recipe", recipe.cells(), matrices, obs, List.of(), List.of(), tables(), graphs, List.of());
    }

    private List<TableInfo> tables() {
        List<String> paths = new ArrayList<>(List.of("latent"));
        recipe.list("embeddings")
                .forEach(one -> paths.add("embedding/" + one.member("axes").asInt()));
        for (int vector = 0; vector < recipe.list("vectors").size(); vector++) {
            paths.add("vector/" + vector);
        }
        return paths.stream()
                .map(path -> new TableInfo(path, recipe.cells(), 1, "made up", true))
                .toList();
    }

    private MatrixInfo info(String path, Json.Members shape, int genes, ValueType type) {
        MatrixInfo.Order order =
                switch (shape.member("layout").asText()) {
                    case "csr" -> MatrixInfo.Order.CELL_MAJOR;
                    case "csc" -> MatrixInfo.Order.GENE_MAJOR;
                    default -> MatrixInfo.Order.DENSE;
                };
        long stored = path.equals("X")
                ? matrix().byColumn().stream().mapToLong(TreeMap::size).sum()
                : graph().byColumn().stream().mapToLong(TreeMap::size).sum();
        return new MatrixInfo(path, recipe.cells(), genes, order, type.name(), type, stored, 0, "made up", 0);
    }

    @Override
    public RowSource rows(String matrix) {
        return (matrix.equals("X") ? matrix() : graph()).rows();
    }

    @Override
    public ColumnSource columns(String matrix) {
        return matrix.equals("X") ? matrix() : graph();
    }

    private static ValueType type(Json.Members shape) {
        return ValueType.valueOf(shape.member("dtype").asText().toUpperCase(Locale.ROOT));
    }

    RecipeMatrix matrix() {
        int genes = recipe.genes().orElseThrow().size();
        Json.Members x = recipe.matrix();
        boolean dense = x.member("layout").asText().equals("dense");
        List<TreeMap<Integer, Double>> columns = new ArrayList<>();
        for (int gene = 0; gene < genes; gene++) {
            TreeMap<Integer, Double> column = new TreeMap<>();
            for (int cell = 0; cell < recipe.cells(); cell++) {
                long index = (long) cell * genes + gene;
                if (recipe.unit(Recipe.X_STORED, index) < x.member("density").asDouble()) {
                    double value = Recipe.value(x.member("values").asText(), recipe.unit(Recipe.X_VALUE, index));
                    if (!dense || value != 0) {
                        column.put(cell, value);
                    }
                }
            }
            columns.add(column);
        }
        return RecipeMatrix.of(recipe.cells(), type(x), columns);
    }

    RecipeMatrix graph() {
        Json.Members graph = recipe.graph().orElseThrow();
        int cells = recipe.cells();
        List<TreeMap<Integer, Double>> columns = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            columns.add(new TreeMap<>());
        }
        for (Json shift : graph.member("shifts").asItems()) {
            for (int cell = 0; cell < cells; cell++) {
                int other = (cell + shift.asInt()) % cells;
                long pair = (long) Math.min(cell, other) * cells + Math.max(cell, other);
                double weight = recipe.unit(Recipe.GRAPH, pair) + 0.001;
                columns.get(cell).put(other, weight);
                columns.get(other).put(cell, weight);
            }
        }
        switch (Recipe.present(graph, "defect").map(Json::asText).orElse("none")) {
            case "asymmetric" -> {
                columns.get(cells - 1).put(0, 0.5);
                columns.get(0).put(cells - 1, 0.25);
            }
            case "oneWay" -> {
                columns.get(cells / 2).put(1, 0.5);
                columns.get(1).remove(cells / 2);
            }
            case "diagonal" -> columns.get(2).put(2, 1.0);
            case "negative" -> {
                columns.get(1).put(0, -1.0);
                columns.get(0).put(1, -1.0);
            }
            default -> {}
        }
        return RecipeMatrix.of(cells, type(graph), columns);
    }

    @Override
    public ObsColumn obsColumn(String name) {
        List<Json.Members> columns = recipe.list("obs");
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).member("name").asText().equals(name)) {
                return column(columns.get(i), name, Recipe.OBS + i);
            }
        }
        throw new IllegalArgumentException(name);
    }

    private ObsColumn column(Json.Members column, String name, int purpose) {
        int cells = recipe.cells();
        boolean mayMiss = column.find("missing").equals(Optional.of(Json.truth(true)));
        BitSet missing = new BitSet(cells);
        switch (column.member("kind").asText()) {
            case "numbers" -> {
                double[] values = new double[cells];
                for (int cell = 0; cell < cells; cell++) {
                    double value = Recipe.value(column.member("values").asText(), recipe.unit(purpose, cell));
                    values[cell] = Recipe.cast(column.member("dtype").asText(), value);
                }
                return new ObsColumn.Numbers(name, values, missing);
            }
            case "flags" -> {
                BitSet values = new BitSet(cells);
                for (int cell = 0; cell < cells; cell++) {
                    double u = recipe.unit(purpose, cell);
                    values.set(cell, u < column.member("share").asDouble());
                    missing.set(cell, mayMiss && u > 0.9);
                }
                return new ObsColumn.Flags(name, values, cells, missing);
            }
            default -> {
                int[] codes = new int[cells];
                for (int cell = 0; cell < cells; cell++) {
                    double u = recipe.unit(purpose, cell);
                    codes[cell] = mayMiss && u > 0.95
                            ? -1
                            : (int) Math.floor(u * column.member("used").asDouble());
                }
                List<Label> labels = column.member("labels").asItems().stream()
                        .map(RecipeDataset::label)
                        .toList();
                return column.member("kind").asText().equals("texts")
                        ? texts(name, labels, codes)
                        : new ObsColumn.Categories(name, labels, codes, false);
            }
        }
    }

    private static ObsColumn texts(String name, List<Label> labels, int[] codes) {
        Map<String, Integer> distinct = new LinkedHashMap<>();
        for (int cell = 0; cell < codes.length; cell++) {
            if (codes[cell] >= 0) {
                String text = ((Label.Text) labels.get(codes[cell])).value();
                distinct.putIfAbsent(text, distinct.size());
                codes[cell] = distinct.getOrDefault(text, -1);
            }
        }
        return new ObsColumn.Texts(name, List.copyOf(distinct.keySet()), codes);
    }

    private static Label label(Json json) {
        return switch (json) {
            case Json.Text text -> new Label.Text(text.value());
            case Json.Whole whole -> new Label.Whole(whole.value());
            case Json.Real real -> new Label.Real(real.value());
            case Json.Truth truth -> new Label.Truth(truth.value());
            case Json.Nothing nothing -> throw new IllegalArgumentException("null is no label");
            case Json.Array array -> throw new IllegalArgumentException("an array is no label");
            case Json.Members members -> throw new IllegalArgumentException("an object is no label");
        };
    }

    @Override
    public GeneNames geneNames(String matrix, Optional<String> column) {
        return new GeneNames(recipe.genes().orElseThrow(), column);
    }

    /// `latent`, `embedding/<axes>` or `vector/<number>`.
    @Override
    public NumericTable table(String path) {
        String kind = path.replaceAll("/.*", "");
        int number = kind.equals("latent") ? 0 : Integer.parseInt(path.replaceAll(".*/", ""));
        return switch (kind) {
            case "latent" -> table(Recipe.LATENT, recipe.json().member("latent").asInt(), "float32", "real");
            case "embedding" -> {
                Json.Members embedding = recipe.list("embeddings").stream()
                        .filter(e -> e.member("axes").asInt() == number)
                        .findFirst()
                        .orElseThrow();
                String values = embedding.find("values").map(Json::asText).orElse("real");
                yield table(
                        Recipe.EMBEDDING + number,
                        number,
                        embedding.member("dtype").asText(),
                        values);
            }
            default -> {
                Json.Members vector = recipe.list("vectors").get(number);
                int axes = vector.member("axes").asInt();
                yield table(
                        Recipe.VECTOR + 3 * number + axes,
                        axes,
                        vector.member("dtype").asText(),
                        "real");
            }
        };
    }

    private NumericTable table(int purpose, int columns, String type, String values) {
        return new NumericTable() {
            @Override
            public int rows() {
                return recipe.cells();
            }

            @Override
            public int columns() {
                return columns;
            }

            @Override
            public long readerBytes() {
                return 0;
            }

            @Override
            public void read(CellRange cells, double[] into) {
                for (int at = 0; at < cells.count() * columns; at++) {
                    long index = (long) cells.from() * columns + at;
                    into[at] = Recipe.cast(type, Recipe.value(values, recipe.unit(purpose, index)));
                }
            }

            @Override
            public void close() {}
        };
    }

    /// The writers under test never ask for it.
    @Override
    public io.cellferry.dataset.Element.Mapping contents() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
