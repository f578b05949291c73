package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import java.util.Optional;
import java.util.function.Function;

/// The end of a fragment's metadata file, which says where everything else lies.
///
/// Layout: version (4 bytes), schema name (length in 8), dense (1), nothing written (1), range of the whole in each
/// dimension, tiles (8), cells of the last tile (8), times of cells kept (1), deletions of cells kept (1); size of
/// every file, of every file of texts, of every validity file; place of the tree of boxes; places of the tables of
/// tile starts, starts and sizes of texts, validity starts, smallest, largest, sums, missing; place of the summary
/// and of the applied conditions; from version 23 on optional sections. The last 8 bytes of the file are the length
/// of all this.
///
/// Every table has one entry for each attribute, then one that is no longer used, one for each dimension, then
/// those of times and deletions.
record FragmentFooter(
        ArraySchema schema,
        int version,
        boolean dense,
        boolean empty,
        Optional<long[]> domain,
        long tiles,
        long lastTileCells,
        boolean stamped,
        long[][] sizes,
        long boxes,
        long[][] tables) {

    static final int SIZES = 3;
    static final int STARTS = 0;
    static final int TEXT_STARTS = 1;
    static final int TEXT_SIZES = 2;
    static final int VALIDITY_STARTS = 3;
    static final int SUMS = 6;
    static final int MISSING = 7;
    private static final int TABLES = 8;
    private static final int SECTIONS = 23;

    /// Of the whole metadata file; `schemas` finds a schema by its name.
    static FragmentFooter read(byte[] document, Function<String, ArraySchema> schemas) {
        if (document.length < Long.BYTES) {
            throw new Malformed("it has %d bytes".formatted(document.length));
        }
        long length = new ByteReader(document, document.length - Long.BYTES, Long.BYTES).int64();
        if (length < 0 || length > document.length - Long.BYTES) {
            throw new Malformed("its footer is said to have %,d of its %,d bytes".formatted(length, document.length));
        }
        ByteReader in = new ByteReader(document, document.length - Long.BYTES - (int) length, (int) length);
        int version = SchemaReader.checked(in.int32());
        ArraySchema schema = schemas.apply(in.text(in.count64(1)));
        boolean dense = in.flag();
        boolean empty = in.flag();
        Optional<long[]> domain = empty ? Optional.empty() : range(in, schema);
        long tiles = in.int64();
        long lastTileCells = in.int64();
        boolean stamped = in.flag();
        boolean deletions = in.flag();
        if (deletions) {
            throw new Malformed(
                    "it marks deleted cells, which are not read here; vacuum the array after consolidating it "
                            + "without delete conditions, or export it with tiledbsoma");
        }
        int entries = schema.attributes().size() + 1 + schema.dimensions().size() + (stamped ? 1 : 0);
        long[][] sizes = entries(in, SIZES, entries);
        long boxes = in.int64();
        long[][] tables = entries(in, TABLES, entries);
        in.int64();
        in.int64();
        if (version >= SECTIONS) {
            for (int left = in.count32(12); left > 0; left--) {
                in.int64();
                in.step(in.count32(1));
            }
        }
        if (in.remaining() != 0) {
            throw new Malformed("its footer has %,d bytes too many".formatted(in.remaining()));
        }
        return new FragmentFooter(
                schema, version, dense, empty, domain, tiles, lastTileCells, stamped, sizes, boxes, tables);
    }

    private static Optional<long[]> range(ByteReader in, ArraySchema schema) {
        long[] range = new long[2 * schema.dimensions().size()];
        for (int i = 0; i < schema.dimensions().size(); i++) {
            Dimension dimension = schema.dimensions().get(i);
            if (dimension.ofAnyLength()) {
                int bytes = in.count64(1);
                in.int64();
                in.step(bytes);
            } else if (dimension.byNumber()) {
                range[2 * i] = in.int64();
                range[2 * i + 1] = in.int64();
            } else {
                in.step(2 * dimension.type().bytes());
            }
        }
        return schema.byNumber() ? Optional.of(range) : Optional.empty();
    }

    private static long[][] entries(ByteReader in, int tables, int entries) {
        long[][] all = new long[tables][entries];
        for (long[] table : all) {
            for (int i = 0; i < entries; i++) {
                table[i] = in.int64();
            }
        }
        return all;
    }

    /// Where the entries of a column are; empty when the fragment does not have it.
    Optional<Integer> entry(String column) {
        for (int i = 0; i < schema.attributes().size(); i++) {
            if (schema.attributes().get(i).name().equals(column)) {
                return Optional.of(i);
            }
        }
        int dimensions = schema.attributes().size() + 1;
        for (int i = 0; i < schema.dimensions().size(); i++) {
            if (schema.dimensions().get(i).name().equals(column)) {
                return Optional.of(dimensions + i);
            }
        }
        return stamped && column.equals(Fragment.TIMES)
                ? Optional.of(dimensions + schema.dimensions().size())
                : Optional.empty();
    }

    /// The stem of the data files of an entry.
    String fileStem(int entry) {
        int attributes = schema.attributes().size();
        if (entry < attributes) {
            return "a" + entry;
        }
        int dimension = entry - attributes - 1;
        return dimension < schema.dimensions().size() ? "d" + dimension : "t";
    }
}
