package io.cellferry.dataset.anndata;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo.Order;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.elements.ArrayElements;
import io.cellferry.dataset.elements.FrameElement;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything in an AnnData file of any age as elements of today: what encodings say where there are any, else what
/// things look like.
final class ElementTree {

    /// Deeper groups are left behind by name; `uns` of real files has less than ten levels.
    private static final int MOST_LEVELS = 32;

    private static final Set<String> OLD_RAW = Set.of("raw.X", "raw.var", "raw.varm", "raw.cat");
    private static final String[] MAPPINGS = {"layers", "obsm", "varm", "obsp", "varp", "uns"};

    /// More would not be data but groups that lead to each other again and again.
    private static final int MOST_MEMBERS = 1 << 18;

    private final Path file;
    private final TreeGroup root;
    private final Leftovers leftovers = new Leftovers();
    private final Set<Object> open = new HashSet<>();
    private int found;

    ElementTree(Path file, TreeGroup root) {
        this.file = file;
        this.root = root;
    }

    /// `obs`, `var` and `rawVar` as already found, because their layouts differ most between ages.
    Element.Mapping read(Frame obs, Frame var, Optional<Frame> rawVar) {
        Map<String, Element> members = new LinkedHashMap<>();
        leftovers.attributes(root, List.of());
        leftovers.strays(root, List.of());
        member(root, "X").ifPresent(x -> members.put("X", x));
        members.put("obs", frame("obs", obs));
        members.put("var", frame("var", var));
        for (String name : MAPPINGS) {
            member(root, name).ifPresent(element -> members.put(name, element));
        }
        rawVar.ifPresent(genes -> members.put("raw", raw(genes)));
        for (String name : root.childNames()) {
            boolean taken = members.containsKey(name) || name.equals("raw") || OLD_RAW.contains(name);
            if (!taken) {
                members.put(name, ArrayElements.unknown(name, "a member of the file that AnnData does not know"));
            }
        }
        return new Element.Mapping(members, leftovers.all());
    }

    /// The one at `member`, with the columns in the order it says itself: the index may be one of them.
    private Element.Frame frame(String member, Frame read) {
        Element.Frame frame = FrameElement.of(read);
        Optional<TreeGroup> group;
        try {
            group = root.group(member);
        } catch (InputRefused unreadable) {
            return frame; // Its problems say so.
        }
        return group.map(found -> frame(found, frame)).orElse(frame);
    }

    private Element.Frame frame(TreeGroup group, Element.Frame frame) {
        List<String> order = group.attributes().texts("column-order").orElse(frame.columnOrder());
        List<String> columns = new ArrayList<>(order);
        group.attributes().text("_index").ifPresent(columns::add);
        leftovers.frame(group, columns);
        return new Element.Frame(
                frame.index(),
                order.stream().filter(frame.members()::containsKey).distinct().toList(),
                frame.members());
    }

    private Element raw(Frame genes) {
        if (genes.index().isEmpty() && genes.rows().isEmpty()) {
            return ArrayElements.unknown("raw", "something without annotations of its genes (raw/var)");
        }
        try {
            return readableRaw(genes);
        } catch (InputRefused unreadable) {
            return ArrayElements.unreadable("raw", unreadable);
        }
    }

    private Element readableRaw(Frame genes) {
        String prefix = root.has("raw") ? "raw/" : "raw.";
        Map<String, Element> members = new LinkedHashMap<>();
        member(root, prefix + "X").ifPresent(x -> members.put("X", x));
        members.put("var", frame(prefix + "var", genes));
        member(root, prefix + "varm").ifPresent(varm -> members.put("varm", varm));
        if (prefix.endsWith("/")) {
            root.group("raw").ifPresent(raw -> leftovers.parts(raw, List.of(), "X", "var", "varm"));
        }
        return new Element.Mapping(members);
    }

    private Optional<Element> member(TreeGroup group, String path) {
        try {
            return group.find(path).map(node -> element(node, 1));
        } catch (InputRefused unreadable) {
            return Optional.of(ArrayElements.unreadable(path, unreadable));
        }
    }

    private Element element(TreeNode node, int level) {
        String encoding = Encoding.of(node).map(Encoding::type).orElse("");
        return switch (node) {
            case TreeArray array -> array(array, encoding);
            case TreeGroup group -> group(group, encoding, level);
        };
    }

    private Element array(TreeArray array, String encoding) {
        leftovers.attributes(array, List.of());
        if (encoding.equals("null")) {
            return new Element.Nothing();
        }
        leftovers.encoding(array);
        if (array.hasNoSpace()) {
            leftovers.add(array, "its emptiness: it holds nothing at all and comes over as an array of no elements");
        }
        return isOldTables(array) ? fields(array) : ArrayElements.of(array);
    }

    private Element group(TreeGroup group, String encoding, int level) {
        Optional<Order> order = Matrices.order(group);
        if (order.isPresent()) {
            return sparse(group, order.get());
        }
        return switch (encoding) {
            case "dataframe" ->
                frame(group, FrameElement.of(new FrameGroup(file, group.path().substring(1), group).read()));
            case "categorical" -> {
                leftovers.parts(group, Leftovers.OF_FRAMES, "codes", "categories");
                yield categories(group);
            }
            case "nullable-integer", "nullable-boolean", "nullable-string-array" -> {
                leftovers.parts(group, List.of(), "values", "mask");
                yield masked(group);
            }
            case "awkward-array" -> ArrayElements.unknown(group.path(), "an awkward array");
            default -> mapping(group, level);
        };
    }

    private Element mapping(TreeGroup group, int level) {
        if (level > MOST_LEVELS) {
            return ArrayElements.unknown(group.path(), "a group more than %d levels deep".formatted(MOST_LEVELS));
        }
        found += group.childNames().size();
        if (found > MOST_MEMBERS) {
            return ArrayElements.unknown(
                    group.path(), "a group behind more than %,d other members".formatted(MOST_MEMBERS));
        }
        Object identity = group.identity();
        if (!open.add(identity)) {
            return ArrayElements.unknown(group.path(), "a link to a group that it lies in itself");
        }
        leftovers.attributes(group, List.of());
        leftovers.encoding(group);
        leftovers.strays(group, List.of());
        Map<String, Element> members = new LinkedHashMap<>();
        for (String name : group.childNames()) {
            try {
                group.find(name).ifPresent(node -> members.put(name, element(node, level + 1)));
            } catch (InputRefused unreadable) {
                members.put(name, ArrayElements.unreadable(group.path() + "/" + name, unreadable));
            }
        }
        open.remove(identity);
        return new Element.Mapping(members);
    }

    private Element sparse(TreeGroup group, Order order) {
        leftovers.parts(group, Leftovers.OF_SPARSE, "data", "indices", "indptr");
        Optional<long[]> shape = Matrices.shape(group).filter(both -> both.length == 2);
        Optional<Element.Numbers> values = numbers(group, "data");
        Optional<Element.Numbers> places = numbers(group, "indices");
        Optional<Element.Numbers> starts = numbers(group, "indptr");
        if (shape.isEmpty() || values.isEmpty() || places.isEmpty() || starts.isEmpty()) {
            return ArrayElements.unknown(group.path(), "a sparse matrix that lacks one of its parts");
        }
        if (Math.max(shape.get()[0], shape.get()[1]) > Integer.MAX_VALUE) {
            return ArrayElements.unknown(group.path(), "a sparse matrix of more than 2^31 rows or columns");
        }
        if (Math.min(shape.get()[0], shape.get()[1]) < 0) {
            return ArrayElements.unknown(
                    group.path(), "a sparse matrix of the shape %s".formatted(Arrays.toString(shape.get())));
        }
        return new Element.Sparse(
                order,
                Math.toIntExact(shape.get()[0]),
                Math.toIntExact(shape.get()[1]),
                values.get().values(),
                places.get().values(),
                starts.get().values());
    }

    private static Element categories(TreeGroup group) {
        Optional<Element.Numbers> codes = numbers(group, "codes");
        Optional<Element> labels = group.find("categories").map(node -> switch (node) {
            case TreeArray array -> ArrayElements.of(array);
            case TreeGroup nullable ->
                nullable.array("values")
                        .map(ArrayElements::of)
                        .orElseGet(() -> ArrayElements.unknown(nullable.path(), "labels of another kind"));
        });
        boolean ordered = group.attributes().flag("ordered").orElse(false);
        return codes.isPresent() && labels.isPresent()
                ? new Element.Categories(codes.get().values(), labels.get(), ordered)
                : ArrayElements.unknown(group.path(), "a category without codes or labels");
    }

    private static Element masked(TreeGroup group) {
        Optional<Element> values = group.array("values").map(ArrayElements::of);
        Optional<Element.Numbers> mask = numbers(group, "mask");
        if (values.isEmpty()) {
            return ArrayElements.unknown(group.path(), "a nullable array without values");
        }
        return mask.isPresent() ? new Element.Masked(values.get(), mask.get().values()) : values.get();
    }

    private static Optional<Element.Numbers> numbers(TreeGroup group, String name) {
        return group.array(name)
                .map(ArrayElements::of)
                .filter(Element.Numbers.class::isInstance)
                .map(Element.Numbers.class::cast);
    }

    /// Before 0.6.22 `obsm` and `varm` are one table whose fields hold a small array for each row.
    private static boolean isOldTables(TreeArray array) {
        String name = array.path().substring(1);
        return (name.equals("obsm") || name.equals("varm") || name.equals("raw.varm"))
                && array.type() instanceof ElementType.Compound;
    }

    private static Element fields(TreeArray table) {
        Map<String, Element> members = new LinkedHashMap<>();
        for (ArrayField field : table.fields()) {
            members.put(field.name(), ArrayElements.field(table, field));
        }
        return new Element.Mapping(members);
    }
}
