package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An array as it was when it was opened: its newest schema, and its fragments from the oldest to the newest.
/// Immutable; bounded by the number of tiles.
public final class StoredArray {

    private final StoredFolder folder;
    private final String path;
    private final ArraySchema schema;
    private final List<Fragment> fragments;

    private StoredArray(StoredFolder folder, String path, ArraySchema schema, List<Fragment> fragments) {
        this.folder = folder;
        this.path = path;
        this.schema = schema;
        this.fragments = List.copyOf(fragments);
    }

    public static StoredArray open(StoredFolder folder, String path) {
        String home = StoredFolder.join(path, "__schema");
        List<StampedName> names = folder.names(home).stream()
                .map(StampedName::of)
                .flatMap(Optional::stream)
                .sorted(StampedName.BY_AGE)
                .toList();
        if (names.isEmpty()) {
            throw folder.refusal(home, new Malformed("the array has no schema"));
        }
        Map<String, ArraySchema> schemas = new HashMap<>();
        java.util.function.Function<String, ArraySchema> byName = name -> {
            if (names.stream().noneMatch(known -> known.text().equals(name))) {
                throw new Malformed("it names the schema \"%s\", which the array does not have".formatted(name));
            }
            return schemas.computeIfAbsent(
                    name, wanted -> SchemaReader.read(folder, StoredFolder.join(home, wanted), wanted));
        };
        ArraySchema newest = byName.apply(names.getLast().text());
        List<Fragment> fragments = new ArrayList<>();
        for (StampedName name : CommittedFragments.of(folder, path)) {
            String place = StoredFolder.join(path, "__fragments/" + name.text());
            Fragment fragment = FragmentTables.open(folder, place, name, byName);
            requireSameDimensions(folder, place, newest, fragment.schema());
            if (fragment.tiles() > 0) {
                fragments.add(fragment);
            }
        }
        return new StoredArray(folder, path, newest, fragments);
    }

    private static void requireSameDimensions(StoredFolder folder, String place, ArraySchema newest, ArraySchema own) {
        boolean same = newest.dimensions().size() == own.dimensions().size() && newest.sparse() == own.sparse();
        for (int i = 0; same && i < own.dimensions().size(); i++) {
            Dimension one = newest.dimensions().get(i);
            Dimension other = own.dimensions().get(i);
            same = one.name().equals(other.name()) && one.type() == other.type() && one.extent() == other.extent();
        }
        if (!same) {
            throw folder.refusal(place, new Malformed("its dimensions are not those of the newest schema"));
        }
    }

    public StoredFolder folder() {
        return folder;
    }

    /// Where it lies in the folder.
    public String path() {
        return path;
    }

    public ArraySchema schema() {
        return schema;
    }

    public List<Fragment> fragments() {
        return fragments;
    }

    /// Cells of all fragments together.
    public long cells() {
        return fragments.stream().mapToLong(Fragment::cells).sum();
    }

    /// The list that values of `attribute` are places in, as the newest schema has it: writers make lists empty and
    /// fill them later.
    public Enumeration enumeration(Attribute attribute) {
        String file = schema.enumerations().get(attribute.enumeration());
        if (file == null || file.contains("/")) {
            throw refusal("column %s names the enumeration \"%s\", which the array does not have"
                    .formatted(attribute.name(), attribute.enumeration()));
        }
        return Enumeration.read(
                folder, StoredFolder.join(path, "__schema/__enumerations/" + file), attribute.enumeration());
    }

    public RuntimeException refusal(String found) {
        return folder.refusal(path, new Malformed(found));
    }
}
