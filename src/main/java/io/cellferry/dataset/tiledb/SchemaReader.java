package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.FilterChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads one schema file, a generic tile.
///
/// Layout: version (4 bytes), duplicates allowed (1), dense or sparse (1), tile order (1), cell order (1), capacity
/// (8), filters of coordinates, of offsets and of validity, dimensions, attributes, labels, names and files of
/// enumerations (from version 20), current domain (from 22). Counts take 4 bytes, names their length in 4 bytes
/// before them.
final class SchemaReader {

    static final int OLDEST = 18;
    static final int NEWEST = 23;

    private static final int ENUMERATIONS = 20;
    private static final int CURRENT_DOMAIN = 22;
    private static final int HILBERT = 4;

    private final ByteReader in;
    private int version;

    private SchemaReader(ByteReader in) {
        this.in = in;
    }

    static ArraySchema read(StoredFolder folder, String file, String name) {
        ByteReader in = GenericTile.read(folder, file);
        try {
            return new SchemaReader(in).schema(name);
        } catch (Malformed damaged) {
            throw folder.refusal(file, damaged);
        }
    }

    /// Versions outside of what is read are refused by number.
    static int checked(int version) {
        if (version < OLDEST || version > NEWEST) {
            throw new Malformed("it has storage format %d; formats %d to %d are read (TileDB 2.15 to 2.30)"
                    .formatted(version, OLDEST, NEWEST));
        }
        return version;
    }

    private ArraySchema schema(String name) {
        version = checked(in.int32());
        boolean duplicates = in.flag();
        boolean sparse = in.flag();
        int tileOrder = in.unsignedByte();
        int cellOrder = in.unsignedByte();
        if (cellOrder == HILBERT) {
            throw new Malformed("its cells lie in Hilbert order, which is not read here");
        }
        long capacity = in.int64();
        if (sparse && (capacity < 1 || capacity > Integer.MAX_VALUE)) {
            throw new Malformed("its tiles have room for %,d cells".formatted(capacity));
        }
        FilterChain coordinates = FilterChain.read(in, version, Datatype.UINT64);
        FilterChain offsets = FilterChain.read(in, version, Datatype.UINT64);
        FilterChain validity = FilterChain.read(in, version, Datatype.UINT8);
        List<Dimension> dimensions = new ArrayList<>();
        for (int left = in.count32(1); left > 0; left--) {
            dimensions.add(dimension(coordinates));
        }
        List<Attribute> attributes = new ArrayList<>();
        for (int left = in.count32(1); left > 0; left--) {
            attributes.add(attribute());
        }
        requireOwnNames(dimensions, attributes);
        if (in.int32() != 0) {
            throw new Malformed("it has dimension labels, which SOMA does not use");
        }
        Map<String, String> enumerations = version >= ENUMERATIONS ? enumerations() : Map.of();
        Optional<long[]> current = version >= CURRENT_DOMAIN ? currentDomain(dimensions) : Optional.empty();
        return new ArraySchema(
                name,
                version,
                sparse,
                duplicates,
                tileOrder == 0 && cellOrder == 0,
                capacity,
                coordinates,
                offsets,
                validity,
                dimensions,
                attributes,
                enumerations,
                current);
    }

    /// Columns are found by their names: two of one name would be the same one twice.
    private static void requireOwnNames(List<Dimension> dimensions, List<Attribute> attributes) {
        Set<String> names = new HashSet<>();
        Stream.concat(
                        dimensions.stream().map(Dimension::name),
                        attributes.stream().map(Attribute::name))
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Malformed("it has two columns called \"%s\"".formatted(name));
                });
    }

    /// Name, type (1 byte), values of a coordinate (4), filters, size of the domain (8), domain, whether there is no
    /// extent (1), extent.
    private Dimension dimension(FilterChain coordinates) {
        String name = in.text(in.int32());
        Datatype type = Datatype.of(in.unsignedByte());
        boolean ofAnyLength = in.int32() == Attribute.ANY_LENGTH;
        FilterChain filters = FilterChain.read(in, version, type);
        ByteReader domain = new ByteReader(in.copy(in.count64(1)));
        long from = 0;
        long to = 0;
        boolean byNumber = !ofAnyLength && type == Datatype.INT64;
        if (byNumber) {
            from = domain.int64();
            to = domain.int64();
        }
        long extent = 0;
        if (!in.flag()) {
            ByteReader stored = new ByteReader(in.copy(type.bytes()));
            extent = byNumber ? stored.int64() : 0;
        }
        return new Dimension(
                name, type, ofAnyLength, filters.filters().isEmpty() ? coordinates : filters, from, to, extent);
    }

    /// Name, type (1 byte), values of a cell (4), filters, size of the fill value (8), fill value, nullable (1),
    /// validity of the fill value (1), order (1), name of the enumeration (from version 20).
    private Attribute attribute() {
        String name = in.text(in.int32());
        Datatype type = Datatype.of(in.unsignedByte());
        int valuesPerCell = in.int32();
        FilterChain filters = FilterChain.read(in, version, type);
        byte[] fill = in.copy(in.count64(1));
        if (valuesPerCell != Attribute.ANY_LENGTH && fill.length != (long) valuesPerCell * type.bytes()) {
            throw new Malformed("the fill value of column %s has %,d bytes, expected %,d values of %s"
                    .formatted(name, fill.length, valuesPerCell, type.element().name()));
        }
        boolean nullable = in.flag();
        boolean filledWithValue = in.unsignedByte() != 0;
        in.unsignedByte();
        String enumeration = version >= ENUMERATIONS ? in.text(in.int32()) : "";
        return new Attribute(name, type, valuesPerCell, filters, fill, nullable, filledWithValue, enumeration);
    }

    private Map<String, String> enumerations() {
        Map<String, String> files = new HashMap<>();
        for (int left = in.count32(8); left > 0; left--) {
            String name = in.text(in.int32());
            files.put(name, in.text(in.int32()));
        }
        return files;
    }

    /// Version (4 bytes), empty (1); then kind (1) and one range for each dimension.
    private Optional<long[]> currentDomain(List<Dimension> dimensions) {
        in.int32();
        if (in.flag()) {
            return Optional.empty();
        }
        int kind = in.unsignedByte();
        if (kind != 0) {
            throw new Malformed("its current domain is of kind %d, expected a rectangle".formatted(kind));
        }
        if (!dimensions.stream().allMatch(Dimension::byNumber)) {
            return Optional.empty();
        }
        long[] places = new long[2 * dimensions.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = in.int64();
        }
        return Optional.of(places);
    }
}
