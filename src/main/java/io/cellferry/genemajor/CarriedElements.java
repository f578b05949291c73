package io.cellferry.genemajor;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo.Order;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.TextArray;
import io.cellferry.failure.Problem;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.RowField;
import io.cellferry.zarr.ZarrType;
import io.cellferry.zarr.ZarrVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything of a data set that is carried over beside its gene-major matrix: the nodes of the store in AnnData's
/// current encodings, and where the content of each array comes from.
///
/// Nothing is left out without a word: [#problems] names it. Grows with the members of the data set, not with cells.
public final class CarriedElements {

    /// The code of what is missing in the store.
    public static final String NOT_CARRIED = "output.not-carried";

    private static final String KEEP = "Keep the input if this part matters.";

    private final ZarrVersion version;
    private final Compression compression;
    private final String matrix;
    private final RowSizes sizes;
    private final CarriedAxes axes;
    private final List<StoreNode> nodes = new ArrayList<>();
    private final Map<String, ArraySource> sources = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private CarriedElements(
            ZarrVersion version, Compression compression, String matrix, RowSizes sizes, CarriedAxes axes) {
        this.sizes = sizes;
        this.axes = axes;
        this.version = version;
        this.compression = compression;
        this.matrix = matrix;
    }

    /// Of `contents` everything but `matrix`, whose group is left to whoever writes it; with `onlyNames` nothing but
    /// the names of cells and genes.
    public static CarriedElements of(
            Element.Mapping contents,
            String matrix,
            boolean onlyNames,
            ZarrVersion version,
            Compression compression,
            RowSizes sizes) {
        CarriedElements carried = new CarriedElements(version, compression, matrix, sizes, new CarriedAxes(contents));
        carried.root(onlyNames ? names(contents, matrix) : contents);
        return carried;
    }

    private static Element.Mapping names(Element.Mapping contents, String matrix) {
        Map<String, Element> members = new LinkedHashMap<>();
        for (String axis : List.of("obs", "var")) {
            if (contents.members().get(axis) instanceof Element.Frame frame) {
                members.put(axis, indexOf(frame));
            }
        }
        if (matrix.startsWith("raw/")
                && Element.find(contents, "raw/var").orElse(null) instanceof Element.Frame genes) {
            members.put("raw", new Element.Mapping(Map.of("var", indexOf(genes))));
        }
        if (matrix.startsWith("layers/")) {
            members.put("layers", new Element.Mapping(Map.of()));
        }
        return new Element.Mapping(members);
    }

    private static Element.Frame indexOf(Element.Frame frame) {
        Element index = frame.members().get(frame.index());
        return new Element.Frame(frame.index(), List.of(), index == null ? Map.of() : Map.of(frame.index(), index));
    }

    public List<StoreNode> nodes() {
        return nodes;
    }

    /// Where the content of the array at `path` comes from.
    ArraySource source(String path) {
        ArraySource source = sources.get(path);
        if (source == null) {
            throw new IllegalStateException("%s is not in the input any more".formatted(path));
        }
        return source;
    }

    /// What is not carried over ([#NOT_CARRIED]), or not for everybody, and why.
    public List<Problem> problems() {
        return problems;
    }

    private void root(Element.Mapping contents) {
        group("", encoding("anndata", "0.1.0"));
        contents.members().forEach((name, element) -> {
            if (name.equals("raw") && element instanceof Element.Mapping raw) {
                group("raw", encoding("raw", "0.1.0"));
                members("raw", raw.members());
            } else {
                member("", name, element);
            }
        });
        contents.besides()
                .forEach(one -> problems.add(
                        Problem.warning(NOT_CARRIED, one.path(), "loses %s.".formatted(one.found()), one.remedy())));
    }

    private void members(String path, Map<String, Element> members) {
        members.forEach((name, element) -> member(path, name, element));
    }

    private boolean member(String parent, String name, Element element) {
        String path = parent.isEmpty() ? name : parent + "/" + name;
        if (path.equals(matrix)) {
            return true;
        }
        Optional<String> unfit = MemberName.unfit(name);
        if (unfit.isPresent()) {
            leftBehind(path, "its name " + unfit.get());
            return false;
        }
        return element(path, element);
    }

    /// Whether it could be carried.
    private boolean element(String path, Element element) {
        Optional<String> unfit = CarriedLimits.unfit(element).or(() -> axes.misfit(path, element));
        if (unfit.isPresent()) {
            leftBehind(path, unfit.get());
            return false;
        }
        switch (element) {
            case Element.Mapping mapping -> {
                group(path, encoding("dict", "0.1.0"));
                members(path, mapping.members());
            }
            case Element.Frame frame -> {
                Element index = frame.members().get(frame.index());
                if (index == null
                        || index instanceof Element.Unknown
                        || CarriedLimits.unfit(index).isPresent()) {
                    leftBehind(path, "a data frame whose rows have no names that can be read");
                    return false;
                }
                frame(path, frame);
            }
            case Element.Numbers numbers ->
                numbers(
                        path,
                        numbers.values(),
                        encoding(numbers.values().shape().length == 0 ? "numeric-scalar" : "array", "0.2.0"));
            case Element.Texts texts ->
                texts(
                        path,
                        texts.values(),
                        encoding(texts.values().shape().length == 0 ? "string" : "string-array", "0.2.0"));
            case Element.Categories categories -> {
                Map<String, Object> attributes = encoding("categorical", "0.2.0");
                attributes.put("ordered", categories.ordered());
                group(path, attributes);
                numbers(path + "/codes", categories.codes(), encoding("array", "0.2.0"));
                return element(path + "/categories", categories.labels());
            }
            case Element.Masked masked -> {
                group(path, encoding(maskedKind(masked), "0.1.0"));
                numbers(path + "/mask", masked.mask(), encoding("array", "0.2.0"));
                return element(path + "/values", masked.values());
            }
            case Element.Sparse sparse -> sparse(path, sparse);
            case Element.Nothing nothing ->
                array(path, ZarrType.BOOL, new long[0], encoding("null", "0.1.0"), new ArraySource.OfNothing());
            case Element.Records records -> {
                return records(path, records);
            }
            case Element.Unknown unknown -> {
                leftBehind(path, unknown.found(), unknown.remedy());
                return false;
            }
        }
        return true;
    }

    private static String maskedKind(Element.Masked masked) {
        if (masked.values() instanceof Element.Texts) {
            return "nullable-string-array";
        }
        boolean flags = masked.values() instanceof Element.Numbers numbers
                && numbers.values().type() == NumberType.BOOL;
        return flags ? "nullable-boolean" : "nullable-integer";
    }

    private void frame(String path, Element.Frame frame) {
        List<String> order = new ArrayList<>();
        int place = nodes.size();
        frame.members().forEach((name, element) -> {
            if (member(path, name, element) && frame.columnOrder().contains(name)) {
                order.add(name);
            }
        });
        Map<String, Object> attributes = encoding("dataframe", "0.2.0");
        attributes.put("_index", frame.index());
        attributes.put(
                "column-order",
                frame.columnOrder().stream().filter(order::contains).toList());
        nodes.add(place, new StoreNode.Group(path, attributes));
    }

    private void sparse(String path, Element.Sparse sparse) {
        Map<String, Object> attributes =
                encoding(sparse.order() == Order.GENE_MAJOR ? "csc_matrix" : "csr_matrix", "0.1.0");
        attributes.put("shape", List.of(sparse.rows(), sparse.columns()));
        group(path, attributes);
        numbers(path + "/data", sparse.values(), Map.of());
        numbers(path + "/indices", sparse.places(), Map.of());
        numbers(path + "/indptr", sparse.starts(), Map.of());
    }

    private void numbers(String path, NumberArray values, Map<String, Object> attributes) {
        array(path, type(values.type()), values.shape(), attributes, new ArraySource.OfNumbers(values));
    }

    private void texts(String path, TextArray values, Map<String, Object> attributes) {
        array(path, ZarrType.TEXT, values.shape(), attributes, new ArraySource.OfTexts(values));
    }

    private boolean records(String path, Element.Records records) {
        List<RowField> fields = RecordRows.fields(path, records, sizes);
        Optional<String> unfit = RecordRows.unfit(fields, records.shape(), version);
        if (unfit.isPresent()) {
            leftBehind(
                    path,
                    "a table of records, " + unfit.get(),
                    version == ZarrVersion.THREE
                            ? "Write the store with --zarr 2, or keep the input if this part matters."
                            : KEEP);
            return false;
        }
        if (fields.stream().anyMatch(field -> !field.inner().isEmpty())) {
            problems.add(Problem.warning(
                    "output.rows.arrays",
                    path,
                    "holds small arrays in its rows: zarr 2 reads them, zarr-python 3 does not open a store that has any.",
                    "Read the store with zarr 2, or take this part out of the input."));
        }
        List<Long> shape = Arrays.stream(records.shape()).boxed().toList();
        ArrayLayout layout =
                ArrayLayout.ofRows(version, fields, shape, CarriedChunks.of(fields, records.shape()), compression);
        nodes.add(new StoreNode.Array(path, encoding("rec-array", "0.2.0"), layout));
        sources.put(path, new ArraySource.OfRecords(records));
        return true;
    }

    private void group(String path, Map<String, Object> attributes) {
        nodes.add(new StoreNode.Group(path, attributes));
    }

    private void array(String path, ZarrType type, long[] shape, Map<String, Object> attributes, ArraySource source) {
        ArrayLayout layout = ArrayLayout.of(
                version, type, Arrays.stream(shape).boxed().toList(), CarriedChunks.of(type, shape), compression);
        nodes.add(new StoreNode.Array(path, attributes, layout));
        sources.put(path, source);
    }

    private void leftBehind(String path, String found) {
        leftBehind(path, found, KEEP);
    }

    private void leftBehind(String path, String found, String remedy) {
        problems.add(Problem.warning(
                NOT_CARRIED,
                path,
                "is not carried over: %s%s".formatted(found, found.endsWith(".") ? "" : "."),
                remedy));
    }

    private static Map<String, Object> encoding(String type, String version) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("encoding-type", type);
        attributes.put("encoding-version", version);
        return attributes;
    }

    private static ZarrType type(NumberType type) {
        return ZarrType.valueOf(type.name());
    }
}
