package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.FilterChain;
import io.cellferry.dataset.tiledb.filter.TileDecoder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Reads the metadata file of a fragment: its footer and boxes, and the tile tables of one column.
final class FragmentTables {

    private final StoredFolder folder;
    private final String place;
    private final byte[] document;
    private final FragmentFooter footer;

    private FragmentTables(StoredFolder folder, String place, Function<String, ArraySchema> schemas) {
        this.folder = folder;
        this.place = place;
        this.document = folder.document(file());
        try {
            this.footer = FragmentFooter.read(document, schemas);
        } catch (Malformed damaged) {
            throw folder.refusal(file(), damaged);
        }
    }

    FragmentTables(Fragment fragment) {
        this(fragment.folder(), fragment.place(), name -> fragment.schema());
    }

    private String file() {
        return StoredFolder.join(place, Fragment.METADATA);
    }

    static Fragment open(StoredFolder folder, String place, StampedName name, Function<String, ArraySchema> schemas) {
        FragmentTables tables = new FragmentTables(folder, place, schemas);
        try {
            return tables.fragment(name);
        } catch (Malformed damaged) {
            throw folder.refusal(tables.file(), damaged);
        }
    }

    private Fragment fragment(StampedName name) {
        ArraySchema schema = footer.schema();
        if (footer.dense() == schema.sparse()) {
            throw new Malformed("its cells lie otherwise than its schema says");
        }
        if (footer.empty() && footer.tiles() != 0) {
            throw new Malformed("it says that nothing was written, but lists %,d tiles".formatted(footer.tiles()));
        }
        checkFileSizes();
        Optional<long[]> boxes = schema.byNumber() && schema.sparse() ? Optional.of(boxes(schema)) : Optional.empty();
        long tiles = schema.sparse() ? footer.tiles() : denseTiles(schema);
        if (tiles < 0 || tiles > Integer.MAX_VALUE) {
            throw new Malformed("it lists %,d tiles, more than can be read (2,147,483,647)".formatted(tiles));
        }
        Fragment fragment = new Fragment(
                folder, place, name, schema, footer.dense(), (int) tiles, 0, footer.stamped(), boxes, footer.domain());
        long lastTileCells = schema.sparse() ? footer.lastTileCells() : fragment.tileCells();
        if (lastTileCells < (tiles == 0 ? 0 : 1) || lastTileCells > fragment.tileCells()) {
            throw new Malformed(
                    "its last tile has %,d cells, expected 1 to %,d".formatted(lastTileCells, fragment.tileCells()));
        }
        return new Fragment(
                folder,
                place,
                name,
                schema,
                footer.dense(),
                (int) tiles,
                (int) lastTileCells,
                footer.stamped(),
                boxes,
                footer.domain());
    }

    /// What was copied only in part shows before anything is read.
    private void checkFileSizes() {
        String[] endings = {".tdb", "_var.tdb", "_validity.tdb"};
        for (int entry = 0; entry < footer.sizes()[0].length; entry++) {
            for (int kind = 0; kind < FragmentFooter.SIZES; kind++) {
                long expected = footer.sizes()[kind][entry];
                if (expected == 0 || entry == footer.schema().attributes().size()) {
                    continue;
                }
                String data = StoredFolder.join(place, footer.fileStem(entry) + endings[kind]);
                OptionalLong found = folder.size(data);
                if (found.isEmpty() || found.getAsLong() != expected) {
                    throw folder.refusal(
                            data,
                            new Malformed(
                                    found.isEmpty()
                                            ? "it is missing, with %,d bytes".formatted(expected)
                                            : "it has %,d bytes, expected %,d".formatted(found.getAsLong(), expected)));
                }
            }
        }
    }

    /// Fanout (4 bytes), levels (4); of each level the number of boxes (8) and the boxes. The last level has one
    /// box a tile.
    private long[] boxes(ArraySchema schema) {
        if (footer.empty()) {
            return new long[0];
        }
        ByteReader in = tile(footer.boxes());
        in.int32();
        int levels = in.count32(Long.BYTES);
        int places = 2 * schema.dimensions().size();
        long[] boxes = new long[0];
        for (int level = 0; level < levels; level++) {
            int count = in.count64(places * Long.BYTES);
            if (level < levels - 1) {
                in.step(count * places * Long.BYTES);
                continue;
            }
            boxes = new long[count * places];
            for (int i = 0; i < boxes.length; i++) {
                boxes[i] = in.int64();
            }
        }
        if (boxes.length != footer.tiles() * places) {
            throw new Malformed("it has %,d boxes for %,d tiles".formatted(boxes.length / places, footer.tiles()));
        }
        return boxes;
    }

    /// Dense tiles cover the written part, widened to whole tiles.
    private long denseTiles(ArraySchema schema) {
        long tiles = 1;
        long[] domain = footer.domain()
                .orElseThrow(
                        () -> new Malformed("it is dense but its places are no numbers of 8 bytes, or it is empty"));
        for (int i = 0; i < schema.dimensions().size(); i++) {
            Dimension dimension = schema.dimensions().get(i);
            boolean sound = dimension.extent() > 0
                    && domain[2 * i] >= dimension.from()
                    && domain[2 * i + 1] >= domain[2 * i]
                    && domain[2 * i + 1] <= dimension.to();
            if (!sound) {
                throw new Malformed("it covers [%,d, %,d] of dimension %s, whose domain is [%,d, %,d]"
                        .formatted(
                                domain[2 * i], domain[2 * i + 1], dimension.name(), dimension.from(), dimension.to()));
            }
            long first = (domain[2 * i] - dimension.from()) / dimension.extent();
            long last = (domain[2 * i + 1] - dimension.from()) / dimension.extent();
            long along = last - first + 1;
            if (along > Integer.MAX_VALUE || tiles * along > Integer.MAX_VALUE) {
                throw new Malformed("it has more than 2^31 tiles");
            }
            tiles *= along;
        }
        return tiles;
    }

    private ByteReader tile(long at) {
        if (at < 0 || at > document.length) {
            throw new Malformed("a table is said to lie at byte %,d of %,d".formatted(at, document.length));
        }
        return GenericTile.read(folder, file(), new ByteReader(document, (int) at, document.length - (int) at));
    }

    Optional<FragmentColumn> column(Fragment fragment, String column) {
        return footer.entry(column).map(entry -> {
            try {
                return column(fragment, column, entry);
            } catch (Malformed damaged) {
                throw folder.refusal(file(), damaged);
            }
        });
    }

    private FragmentColumn column(Fragment fragment, String column, int entry) {
        ArraySchema schema = fragment.schema();
        String stem = StoredFolder.join(place, footer.fileStem(entry));
        Optional<Attribute> attribute = schema.attribute(column);
        Optional<Dimension> dimension = schema.dimensions().stream()
                .filter(d -> d.name().equals(column))
                .findFirst();
        Datatype type = attribute
                .map(Attribute::type)
                .or(() -> dimension.map(Dimension::type))
                .orElse(Datatype.UINT64);
        boolean ofAnyLength = attribute
                .map(Attribute::ofAnyLength)
                .or(() -> dimension.map(Dimension::ofAnyLength))
                .orElse(false);
        FilterChain filters = attribute
                .map(Attribute::filters)
                .or(() -> dimension.map(Dimension::filters))
                .orElse(schema.coordinates());
        boolean nullable = attribute.map(Attribute::nullable).orElse(false);
        long[][] sizes = footer.sizes();
        boolean plain = attribute.map(Attribute::isPlain).orElse(true);
        if (!filters.packsTexts(type)) {
            TileDecoder.requirePlausible(fragment.cells(), ofAnyLength ? Long.BYTES : type.bytes(), sizes[0][entry]);
        }
        return new FragmentColumn(
                fragment,
                type,
                ofAnyLength,
                filters,
                new TileFile(stem + ".tdb", sizes[0][entry], table(FragmentFooter.STARTS, entry, fragment.tiles())),
                ofAnyLength
                        ? Optional.of(new FragmentColumn.Texts(
                                new TileFile(
                                        stem + "_var.tdb",
                                        sizes[1][entry],
                                        table(FragmentFooter.TEXT_STARTS, entry, fragment.tiles())),
                                table(FragmentFooter.TEXT_SIZES, entry, fragment.tiles())))
                        : Optional.empty(),
                nullable
                        ? Optional.of(new TileFile(
                                stem + "_validity.tdb",
                                sizes[2][entry],
                                table(FragmentFooter.VALIDITY_STARTS, entry, fragment.tiles())))
                        : Optional.empty(),
                plain && !ofAnyLength
                        ? Optional.of(table(FragmentFooter.SUMS, entry, fragment.tiles()))
                        : Optional.empty(),
                nullable && (!ofAnyLength || type == Datatype.STRING_ASCII)
                        ? Optional.of(table(FragmentFooter.MISSING, entry, fragment.tiles()))
                        : Optional.empty());
    }

    /// Number of entries (8 bytes), entries (8 each).
    private long[] table(int kind, int entry, int tiles) {
        ByteReader in = tile(footer.tables()[kind][entry]);
        int count = in.count64(Long.BYTES);
        if (count != tiles) {
            throw new Malformed("a table has %,d entries for %,d tiles".formatted(count, tiles));
        }
        long[] entries = new long[count];
        for (int i = 0; i < count; i++) {
            entries[i] = in.int64();
        }
        return entries;
    }
}
