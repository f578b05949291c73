import io.tiledb.java.api.*;
import io.tiledb.libtiledb.tiledb_query_condition_op_t;
import java.lang.reflect.Constructor;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes src/test/resources/soma: experiments and arrays written by TileDB itself (core 2.20.1, storage format 21), with
/// the folders, attributes and metadata of tiledbsoma. All values are written out or computed from their place.
///
///     mvn dependency:copy -Dartifact=io.tiledb:tiledb-java:0.22.0 -DoutputDirectory=/tmp/tiledb
///     java --enable-native-access=ALL-UNNAMED -cp /tmp/tiledb/tiledb-java-0.22.0.jar src/test/scripts/MakeSomaFixtures.java /tmp/soma-fixtures
///     for f in /tmp/soma-fixtures/*/; do tar czf src/test/resources/soma/$(basename $f).tar.gz -C $f .; done
///
/// tiny     the 6 cells x 5 genes of CellDatasetContract, every kind of column, two measurements
/// moved    the same values with join ids that are no row numbers, written and corrected in overlapping pieces,
///          consolidated with timestamps, vacuumed in part
/// filters  a data frame of 3,000 rows with a column for each filter
/// refused  arrays that are refused by name
public class MakeSomaFixtures {

    static Context ctx;
    static Path out;

    static final double[][] CELLS = {
        {1, 0, 0, 2, 0}, {0, 3, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 4, 0, 5}, {6, 0, 0, 0, 0}, {0, 7, 8, 0, 0}
    };

    public static void main(String[] arguments) throws Exception {
        out = Path.of(arguments[0]);
        ctx = new Context();
        tiny();
        moved();
        filters();
        refused();
    }

    // ---- small things

    static String uri(String path) throws Exception {
        Path file = out.resolve(path);
        Files.createDirectories(file.getParent());
        return file.toString();
    }

    static void group(String path, String kind) throws Exception {
        Group.create(ctx, uri(path));
        try (Group group = new Group(ctx, uri(path), QueryType.TILEDB_WRITE)) {
            group.putMetadata("soma_object_type", text(kind));
            group.putMetadata("soma_encoding_version", text("1.1.0"));
        }
    }

    static void groupValue(String path, String key, NativeArray value) throws Exception {
        try (Group group = new Group(ctx, uri(path), QueryType.TILEDB_WRITE)) {
            group.putMetadata(key, value);
        }
    }

    static void member(String path, String... names) throws Exception {
        for (String name : names) {
            try (Group group = new Group(ctx, uri(path), QueryType.TILEDB_WRITE)) {
                group.addMember(name, true, name);
            }
        }
    }

    static NativeArray text(String text) throws Exception {
        return new NativeArray(ctx, text, Datatype.TILEDB_STRING_UTF8);
    }

    static void metadata(String path, Map<String, NativeArray> values) throws Exception {
        try (Array array = new Array(ctx, uri(path), QueryType.TILEDB_WRITE)) {
            for (var entry : values.entrySet()) {
                array.putMetadata(entry.getKey(), entry.getValue());
            }
        }
    }

    static void kind(String path, String kind) throws Exception {
        metadata(path, Map.of("soma_object_type", text(kind), "soma_encoding_version", text("1.1.0")));
    }

    static FilterList chain(Filter... filters) throws Exception {
        FilterList list = new FilterList(ctx);
        for (Filter filter : filters) {
            list.addFilter(filter);
        }
        return list;
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    static ByteBuffer longs(long... values) {
        ByteBuffer made = buffer(values.length * 8);
        for (long value : values) made.putLong(value);
        return made.flip();
    }

    static ByteBuffer floats(double... values) {
        ByteBuffer made = buffer(values.length * 4);
        for (double value : values) made.putFloat((float) value);
        return made.flip();
    }

    static ByteBuffer doubles(double... values) {
        ByteBuffer made = buffer(values.length * 8);
        for (double value : values) made.putDouble(value);
        return made.flip();
    }

    static ByteBuffer ints(int... values) {
        ByteBuffer made = buffer(values.length * 4);
        for (int value : values) made.putInt(value);
        return made.flip();
    }

    static ByteBuffer shorts(int... values) {
        ByteBuffer made = buffer(values.length * 2);
        for (int value : values) made.putShort((short) value);
        return made.flip();
    }

    static ByteBuffer bytes(int... values) {
        ByteBuffer made = buffer(values.length);
        for (int value : values) made.put((byte) value);
        return made.flip();
    }

    /// Offsets and bytes.
    static ByteBuffer[] texts(String... values) {
        ByteBuffer offsets = buffer(values.length * 8);
        int size = 0;
        for (String value : values) {
            offsets.putLong(size);
            size += value.getBytes(StandardCharsets.UTF_8).length;
        }
        ByteBuffer data = buffer(Math.max(1, size));
        for (String value : values) data.put(value.getBytes(StandardCharsets.UTF_8));
        return new ByteBuffer[] {offsets.flip(), data.flip()};
    }

    static Attribute attribute(String name, Datatype type, boolean nullable, FilterList filters) throws Exception {
        Attribute attribute = new Attribute(ctx, name, type);
        attribute.setNullable(nullable);
        attribute.setFilterList(filters);
        return attribute;
    }

    static Attribute textAttribute(String name, Datatype type, boolean nullable, FilterList filters) throws Exception {
        Attribute attribute = new Attribute(ctx, name, type);
        attribute.setCellVar();
        attribute.setNullable(nullable);
        attribute.setFilterList(filters);
        return attribute;
    }

    static Enumeration enumeration(String name, boolean ordered, String... values) throws Exception {
        ByteBuffer[] parts = texts(values);
        byte[] data = new byte[parts[1].remaining()];
        parts[1].get(data);
        long[] offsets = new long[values.length];
        parts[0].asLongBuffer().get(offsets);
        Constructor<Enumeration> constructor = Enumeration.class.getDeclaredConstructor(
                Context.class, String.class, long.class, Datatype.class, boolean.class, NativeArray.class,
                BigInteger.class, NativeArray.class, BigInteger.class);
        constructor.setAccessible(true);
        return constructor.newInstance(
                ctx, name, Constants.TILEDB_VAR_NUM, Datatype.TILEDB_STRING_UTF8, ordered,
                new NativeArray(ctx, String.join("", values), Datatype.TILEDB_STRING_UTF8), BigInteger.valueOf(data.length),
                new NativeArray(ctx, offsets, Datatype.TILEDB_UINT64), BigInteger.valueOf(8L * offsets.length));
    }

    static Dimension<Long> dimension(String name, long to, long extent, Filter... filters) throws Exception {
        Dimension<Long> dimension = new Dimension<>(ctx, name, Long.class, new Pair<>(0L, to), extent);
        dimension.setFilterList(chain(filters));
        return dimension;
    }

    static ArraySchema sparse(long capacity, Dimension<?>... dimensions) throws Exception {
        ArraySchema schema = new ArraySchema(ctx, ArrayType.TILEDB_SPARSE);
        Domain domain = new Domain(ctx);
        for (Dimension<?> dimension : dimensions) domain.addDimension(dimension);
        schema.setDomain(domain);
        schema.setCapacity(capacity);
        schema.setOffsetsFilterList(
                chain(new DoubleDeltaFilter(ctx), new BitWidthReductionFilter(ctx), new ZstdFilter(ctx, -1)));
        schema.setValidityFilterList(chain(new RleFilter(ctx)));
        return schema;
    }

    interface Fill {
        void accept(Query query) throws Exception;
    }

    static void write(String path, Fill fill) throws Exception {
        Thread.sleep(3);
        try (Array array = new Array(ctx, uri(path), QueryType.TILEDB_WRITE);
                Query query = new Query(array, QueryType.TILEDB_WRITE)) {
            query.setLayout(Layout.TILEDB_UNORDERED);
            fill.accept(query);
            query.submit();
            query.finalizeQuery();
        }
    }

    // ---- matrices

    static void matrix(String path, long domain, long extent, long capacity, Datatype type) throws Exception {
        ArraySchema schema = sparse(
                capacity,
                dimension("soma_dim_0", domain, extent, new ZstdFilter(ctx, 9)),
                dimension("soma_dim_1", domain, extent, new ByteShuffleFilter(ctx), new ZstdFilter(ctx, 9)));
        schema.addAttribute(attribute(
                "soma_data", type, false, chain(new ByteShuffleFilter(ctx), new ZstdFilter(ctx, 9))));
        Array.create(uri(path), schema);
        kind(path, "SOMASparseNDArray");
    }

    static void values(String path, long[] rows, long[] columns, ByteBuffer data) throws Exception {
        write(path, query -> {
            query.setDataBuffer("soma_dim_0", longs(rows));
            query.setDataBuffer("soma_dim_1", longs(columns));
            query.setDataBuffer("soma_data", data);
        });
    }

    /// Non-zero values of some rows, whose ids and columns' ids are given.
    static void cells(String path, int from, int to, long[] rowIds, long[] columnIds, double add) throws Exception {
        List<long[]> places = new ArrayList<>();
        List<Double> data = new ArrayList<>();
        for (int row = from; row < to; row++) {
            for (int column = 0; column < 5; column++) {
                if (CELLS[row][column] != 0) {
                    places.add(new long[] {rowIds[row], columnIds[column]});
                    data.add(CELLS[row][column] + add);
                }
            }
        }
        values(
                path,
                places.stream().mapToLong(place -> place[0]).toArray(),
                places.stream().mapToLong(place -> place[1]).toArray(),
                floats(data.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    static long[] range(int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) numbers[i] = i;
        return numbers;
    }

    // ---- tiny

    static void tiny() throws Exception {
        group("tiny", "SOMAExperiment");
        group("tiny/ms", "SOMACollection");
        group("tiny/uns", "SOMACollection");
        groupValue("tiny/uns", "title", text("tiny"));
        groupValue("tiny/uns", "answer", new NativeArray(ctx, new long[] {42}, Datatype.TILEDB_INT64));
        groupValue("tiny/uns", "ratio", new NativeArray(ctx, new double[] {0.25}, Datatype.TILEDB_FLOAT64));
        tinyObs();
        measurement("tiny/ms/RNA", "g0", "g1", "g2", "g3", "g4");
        matrix("tiny/ms/RNA/X/data", 5_999, 2, 3, Datatype.TILEDB_FLOAT32);
        cells("tiny/ms/RNA/X/data", 0, 4, range(6), range(5), 0);
        cells("tiny/ms/RNA/X/data", 4, 6, range(6), range(5), 0);
        matrix("tiny/ms/RNA/X/counts", 5_999, 2048, 100_000, Datatype.TILEDB_UINT16);
        values("tiny/ms/RNA/X/counts", new long[] {5, 0, 5}, new long[] {4, 1, 0}, shorts(65_535, 1, 2));
        member("tiny/ms/RNA/X", "data", "counts");
        group("tiny/ms/RNA/obsm", "SOMACollection");
        umap("tiny/ms/RNA/obsm/X_umap");
        denseTable("tiny/ms/RNA/obsm/X_dense");
        matrix("tiny/ms/RNA/obsm/holes", 5_999, 2048, 100_000, Datatype.TILEDB_FLOAT32);
        values("tiny/ms/RNA/obsm/holes", new long[] {1, 2}, new long[] {0, 2}, floats(1, 2));
        metadata(
                "tiny/ms/RNA/obsm/holes",
                Map.of("soma_dim_1_domain_upper", new NativeArray(ctx, new long[] {3}, Datatype.TILEDB_INT64)));
        member("tiny/ms/RNA/obsm", "X_umap", "X_dense", "holes");
        group("tiny/ms/RNA/obsp", "SOMACollection");
        matrix("tiny/ms/RNA/obsp/connectivities", 5_999, 2048, 100_000, Datatype.TILEDB_FLOAT64);
        values(
                "tiny/ms/RNA/obsp/connectivities",
                new long[] {0, 3, 1},
                new long[] {3, 0, 2},
                doubles(0.5, 0.5, 0.25));
        member("tiny/ms/RNA/obsp", "connectivities");
        member("tiny/ms/RNA", "X", "var", "obsm", "obsp");
        measurement("tiny/ms/ADT", "CD3", "CD19");
        matrix("tiny/ms/ADT/X/counts", 5_999, 2048, 100_000, Datatype.TILEDB_INT32);
        values("tiny/ms/ADT/X/counts", new long[] {0, 5}, new long[] {1, 0}, ints(-7, 9));
        member("tiny/ms/ADT/X", "counts");
        member("tiny/ms/ADT", "X", "var");
        member("tiny/ms", "RNA", "ADT");
        member("tiny", "obs", "ms", "uns");
    }

    static void measurement(String path, String... genes) throws Exception {
        group(path, "SOMAMeasurement");
        group(path + "/X", "SOMACollection");
        frame(path + "/var", "var_id");
        names(path + "/var", "var_id", range(genes.length), genes);
    }

    static void frame(String path, String name) throws Exception {
        ArraySchema schema = sparse(100_000, dimension("soma_joinid", 1L << 40, 2048, new ZstdFilter(ctx, 3)));
        schema.addAttribute(textAttribute(name, Datatype.TILEDB_STRING_UTF8, true, chain(new ZstdFilter(ctx, -1))));
        Array.create(uri(path), schema);
        kind(path, "SOMADataFrame");
    }

    /// Every kind of column: see SomaColumnsTest for what is in them.
    static void tinyObs() throws Exception {
        String path = "tiny/obs";
        ArraySchema schema = sparse(4, dimension("soma_joinid", 1L << 40, 2048, new ZstdFilter(ctx, 3)));
        FilterList zstd = chain(new ZstdFilter(ctx, -1));
        schema.addEnumeration(enumeration("kind", false, "B", "T", "NK"));
        schema.addEnumeration(enumeration("grade", true, "low", "high"));
        schema.addAttribute(textAttribute("obs_id", Datatype.TILEDB_STRING_UTF8, false, zstd));
        schema.addAttribute(attribute("depth", Datatype.TILEDB_FLOAT64, false, zstd));
        schema.addAttribute(attribute("reads", Datatype.TILEDB_INT32, true, zstd));
        schema.addAttribute(attribute("big", Datatype.TILEDB_UINT32, false, zstd));
        Attribute kind = attribute("kind", Datatype.TILEDB_INT8, true, zstd);
        kind.setEnumerationName("kind");
        schema.addAttribute(kind);
        Attribute grade = attribute("grade", Datatype.TILEDB_UINT8, true, zstd);
        grade.setEnumerationName("grade");
        schema.addAttribute(grade);
        schema.addAttribute(attribute("flag", Datatype.TILEDB_BOOL, true, zstd));
        schema.addAttribute(textAttribute("note", Datatype.TILEDB_STRING_UTF8, true, zstd));
        schema.addAttribute(textAttribute("blob", Datatype.TILEDB_BLOB, false, zstd));
        schema.addAttribute(attribute("when", Datatype.TILEDB_DATETIME_NS, false, zstd));
        Array.create(uri(path), schema);
        kind(path, "SOMADataFrame");
        String[] names = {"c0", "c1", "c2", "c3", "c4", "c5"};
        obsPiece(path, names, 0, 4);
        obsPiece(path, names, 4, 6);
    }

    static void obsPiece(String path, String[] names, int from, int to) throws Exception {
        write(path, query -> {
            int count = to - from;
            long[] ids = new long[count];
            double[] depth = new double[count];
            int[] reads = new int[count];
            int[] readsThere = new int[count];
            int[] big = new int[count];
            int[] kind = new int[count];
            int[] kindThere = new int[count];
            int[] grade = new int[count];
            int[] flag = new int[count];
            int[] flagThere = new int[count];
            int[] all = new int[count];
            String[] id = new String[count];
            String[] note = new String[count];
            int[] noteThere = new int[count];
            long[] when = new long[count];
            for (int i = 0; i < count; i++) {
                int cell = from + i;
                ids[i] = cell;
                id[i] = names[cell];
                depth[i] = cell == 2 ? Double.NaN : cell * 1.5;
                reads[i] = -cell;
                readsThere[i] = cell == 3 ? 0 : 1;
                big[i] = cell == 5 ? -1 : cell;
                kind[i] = cell % 3;
                kindThere[i] = cell == 1 ? 0 : 1;
                grade[i] = cell % 2;
                flag[i] = cell % 2;
                flagThere[i] = 1;
                all[i] = 1;
                note[i] = cell == 0 ? "" : "n\u00f6te " + cell % 2;
                noteThere[i] = cell == 5 ? 0 : 1;
                when[i] = cell;
            }
            query.setDataBuffer("soma_joinid", longs(ids));
            ByteBuffer[] idTexts = texts(id);
            query.setOffsetsBuffer("obs_id", idTexts[0]).setDataBuffer("obs_id", idTexts[1]);
            query.setDataBuffer("depth", doubles(depth));
            query.setDataBuffer("reads", ints(reads)).setValidityBuffer("reads", bytes(readsThere));
            query.setDataBuffer("big", ints(big));
            query.setDataBuffer("kind", bytes(kind)).setValidityBuffer("kind", bytes(kindThere));
            query.setDataBuffer("grade", bytes(grade)).setValidityBuffer("grade", bytes(all));
            query.setDataBuffer("flag", bytes(flag)).setValidityBuffer("flag", bytes(flagThere));
            ByteBuffer[] noteTexts = texts(note);
            query.setOffsetsBuffer("note", noteTexts[0]).setDataBuffer("note", noteTexts[1]);
            query.setValidityBuffer("note", bytes(noteThere));
            ByteBuffer[] blobs = texts(id);
            query.setOffsetsBuffer("blob", blobs[0]).setDataBuffer("blob", blobs[1]);
            query.setDataBuffer("when", longs(when));
        });
    }

    static void umap(String path) throws Exception {
        matrix(path, 5_999, 4, 5, Datatype.TILEDB_FLOAT32);
        long[] rows = new long[12];
        long[] columns = new long[12];
        double[] data = new double[12];
        for (int i = 0; i < 12; i++) {
            rows[i] = i / 2;
            columns[i] = i % 2;
            data[i] = i * 0.5;
        }
        values(path, rows, columns, floats(data));
        metadata(path, Map.of("soma_dim_1_domain_upper", new NativeArray(ctx, new long[] {1}, Datatype.TILEDB_INT64)));
    }

    /// 6 x 3 in tiles of 4 x 2: all of it 10 x row + column, then rows 1 to 4, columns 1 and 2 once more, 100 higher.
    static void denseTable(String path) throws Exception {
        ArraySchema schema = new ArraySchema(ctx, ArrayType.TILEDB_DENSE);
        Domain domain = new Domain(ctx);
        domain.addDimension(dimension("soma_dim_0", 5, 4, new ZstdFilter(ctx, 3)));
        domain.addDimension(dimension("soma_dim_1", 2, 2, new ZstdFilter(ctx, 3)));
        schema.setDomain(domain);
        schema.addAttribute(attribute("soma_data", Datatype.TILEDB_FLOAT64, false, chain(new ZstdFilter(ctx, 3))));
        Array.create(uri(path), schema);
        kind(path, "SOMADenseNDArray");
        dense(path, 0, 5, 0, 2, 0);
        dense(path, 1, 4, 1, 2, 100);
    }

    static void dense(String path, long fromRow, long toRow, long fromColumn, long toColumn, double add)
            throws Exception {
        Thread.sleep(3);
        try (Array array = new Array(ctx, uri(path), QueryType.TILEDB_WRITE);
                Query query = new Query(array, QueryType.TILEDB_WRITE);
                SubArray part = new SubArray(ctx, array)) {
            part.addRange(0, fromRow, toRow, null);
            part.addRange(1, fromColumn, toColumn, null);
            query.setSubarray(part);
            query.setLayout(Layout.TILEDB_ROW_MAJOR);
            List<Double> data = new ArrayList<>();
            for (long row = fromRow; row <= toRow; row++) {
                for (long column = fromColumn; column <= toColumn; column++) {
                    data.add(10.0 * row + column + add);
                }
            }
            query.setDataBuffer(
                    "soma_data", doubles(data.stream().mapToDouble(Double::doubleValue).toArray()));
            query.submit();
            query.finalizeQuery();
        }
    }

    // ---- moved

    static void moved() throws Exception {
        long[] cells = {10, 20, 30, 4_000, 5_000, 1L << 33};
        long[] genes = {3, 7, 2_100, 2_101, 9_000};
        group("moved", "SOMAExperiment");
        group("moved/ms", "SOMACollection");
        group("moved/ms/RNA", "SOMAMeasurement");
        group("moved/ms/RNA/X", "SOMACollection");
        frame("moved/obs", "obs_id");
        // The wrong name of 30 is corrected by a later write.
        names("moved/obs", "obs_id", new long[] {10, 20, 30, 4_000}, "c0", "c1", "wrong", "c3");
        names("moved/obs", "obs_id", new long[] {30, 5_000, 1L << 33}, "c2", "c4", "c5");
        frame("moved/ms/RNA/var", "var_id");
        names("moved/ms/RNA/var", "var_id", new long[] {2_101, 9_000}, "g3", "g4");
        names("moved/ms/RNA/var", "var_id", new long[] {3, 7, 2_100}, "g0", "g1", "g2");
        String x = "moved/ms/RNA/X/data";
        matrix(x, 1L << 40, 2048, 4, Datatype.TILEDB_FLOAT32);
        cells(x, 0, 6, cells, genes, 1_000);
        cells(x, 0, 2, cells, genes, 500);
        cells(x, 0, 3, cells, genes, 0);
        // Consolidated with the times of its cells; what it replaces stays until vacuuming.
        Config config = new Config();
        config.set("sm.consolidation.mode", "fragments");
        Array.consolidate(ctx, uri(x), config);
        cells(x, 3, 6, cells, genes, 0);
        Config commits = new Config();
        commits.set("sm.consolidation.mode", "commits");
        Array.consolidate(ctx, uri(x), commits);
        Config vacuumCommits = new Config();
        vacuumCommits.set("sm.vacuum.mode", "commits");
        Array.vacuum(ctx, uri(x), vacuumCommits);
        member("moved/ms/RNA/X", "data");
        member("moved/ms/RNA", "X", "var");
        member("moved/ms", "RNA");
        member("moved", "obs", "ms");
    }

    static void names(String path, String column, long[] ids, String... names) throws Exception {
        write(path, query -> {
            query.setDataBuffer("soma_joinid", longs(ids));
            ByteBuffer[] parts = texts(names);
            query.setOffsetsBuffer(column, parts[0]).setDataBuffer(column, parts[1]);
            int[] there = new int[names.length];
            java.util.Arrays.fill(there, 1);
            query.setValidityBuffer(column, bytes(there));
        });
    }

    // ---- filters

    static final int ROWS = 3_000;

    static void filters() throws Exception {
        String path = "filters/frame";
        ArraySchema schema = sparse(
                1_100,
                dimension(
                        "soma_joinid",
                        1L << 40,
                        2048,
                        new DoubleDeltaFilter(ctx),
                        new CheckSumMD5Filter(ctx),
                        new ZstdFilter(ctx, 3)));
        Map<String, FilterList> chains = new LinkedHashMap<>();
        chains.put("none", chain());
        chains.put("gzip", chain(new GzipFilter(ctx, 5)));
        chains.put("zstd", chain(new ZstdFilter(ctx, 5)));
        chains.put("lz4", chain(new LZ4Filter(ctx, 5)));
        chains.put("runs", chain(new RleFilter(ctx)));
        chains.put("bzip2", chain(new Bzip2Filter(ctx, 5)));
        chains.put("double_delta", chain(new DoubleDeltaFilter(ctx)));
        chains.put("delta", chain(new DeltaFilter(ctx, -1, io.tiledb.libtiledb.tiledb_datatype_t.TILEDB_ANY)));
        chains.put("bit_width", chain(new BitWidthReductionFilter(ctx)));
        chains.put("byte_shuffle", chain(new ByteShuffleFilter(ctx), new LZ4Filter(ctx, 5)));
        chains.put("bit_shuffle", chain(new BitShuffleFilter(ctx), new ZstdFilter(ctx, 3)));
        chains.put("positive_delta", chain(new PositiveDeltaFilter(ctx), new BitWidthReductionFilter(ctx)));
        chains.put("md5", chain(new ZstdFilter(ctx, 3), new CheckSumMD5Filter(ctx)));
        chains.put("sha256", chain(new ByteShuffleFilter(ctx), new CheckSumSHA256Filter(ctx), new GzipFilter(ctx, 6)));
        chains.put(
                "everything",
                chain(
                        new PositiveDeltaFilter(ctx),
                        new BitWidthReductionFilter(ctx, 512),
                        new BitShuffleFilter(ctx),
                        new CheckSumMD5Filter(ctx),
                        new Bzip2Filter(ctx, 3),
                        new CheckSumSHA256Filter(ctx)));
        Map<String, Datatype> types = new TreeMap<>();
        types.put("int64", Datatype.TILEDB_INT64);
        types.put("int32", Datatype.TILEDB_INT32);
        types.put("uint16", Datatype.TILEDB_UINT16);
        types.put("int8", Datatype.TILEDB_INT8);
        for (var chain : chains.entrySet()) {
            for (var type : types.entrySet()) {
                schema.addAttribute(
                        attribute(chain.getKey() + "_" + type.getKey(), type.getValue(), false, chain.getValue()));
            }
        }
        for (String name : List.of("gzip", "bit_shuffle", "byte_shuffle", "bzip2")) {
            schema.addAttribute(attribute(name + "_float64", Datatype.TILEDB_FLOAT64, false, chains.get(name)));
        }
        schema.addAttribute(textAttribute(
                "runs_text", Datatype.TILEDB_STRING_ASCII, false, chain(new RleFilter(ctx), new ZstdFilter(ctx, 3))));
        schema.addAttribute(textAttribute(
                "dictionary_text", Datatype.TILEDB_STRING_UTF8, false, chain(new DictionaryFilter(ctx))));
        schema.addAttribute(textAttribute(
                "dictionary_zstd_text",
                Datatype.TILEDB_STRING_ASCII,
                true,
                chain(new DictionaryFilter(ctx), new ZstdFilter(ctx, 3))));
        schema.addAttribute(
                textAttribute("bzip2_text", Datatype.TILEDB_STRING_UTF8, true, chain(new Bzip2Filter(ctx, 3))));
        Array.create(uri(path), schema);
        kind(path, "SOMADataFrame");
        write(path, query -> {
            query.setDataBuffer("soma_joinid", longs(range(ROWS)));
            for (String chain : chains.keySet()) {
                boolean ascending = chain.equals("positive_delta") || chain.equals("everything");
                for (String type : types.keySet()) {
                    query.setDataBuffer(chain + "_" + type, numbers(type, ascending));
                }
            }
            for (String name : List.of("gzip", "bit_shuffle", "byte_shuffle", "bzip2")) {
                double[] values = new double[ROWS];
                for (int row = 0; row < ROWS; row++) values[row] = number(row, false) / 8.0;
                query.setDataBuffer(name + "_float64", doubles(values));
            }
            for (String name : List.of("runs_text", "dictionary_text", "dictionary_zstd_text", "bzip2_text")) {
                String[] words = new String[ROWS];
                for (int row = 0; row < ROWS; row++) words[row] = word(row);
                ByteBuffer[] parts = texts(words);
                query.setOffsetsBuffer(name, parts[0]).setDataBuffer(name, parts[1]);
                if (name.equals("dictionary_zstd_text") || name.equals("bzip2_text")) {
                    int[] there = new int[ROWS];
                    for (int row = 0; row < ROWS; row++) there[row] = row % 7 == 0 ? 0 : 1;
                    query.setValidityBuffer(name, bytes(there));
                }
            }
        });
    }

    /// The same formula stands in SomaFiltersTest.
    static long number(int row, boolean ascending) {
        return ascending ? row / 25 : (row * 7_919L % 251) - 125 + row / 1_000;
    }

    static String word(int row) {
        return row % 11 == 3 ? "" : "word " + (row / 40) % 5;
    }

    static ByteBuffer numbers(String type, boolean ascending) {
        ByteBuffer made = buffer(ROWS * 8);
        for (int row = 0; row < ROWS; row++) {
            long number = number(row, ascending);
            switch (type) {
                case "int64" -> made.putLong(number * 1_000_003L);
                case "int32" -> made.putInt((int) number * 1_003);
                case "uint16" -> made.putShort((short) (ascending ? number : number + 300));
                default -> made.put((byte) (ascending ? number / 2 : number / 2));
            }
        }
        return made.flip();
    }

    // ---- refused

    static void refused() throws Exception {
        for (String name : List.of("hilbert", "duplicates", "deleted", "xor", "scaled", "columnwise")) {
            String path = "refused/" + name;
            ArraySchema schema = sparse(
                    100,
                    dimension("soma_dim_0", 5_999, 2, new ZstdFilter(ctx, 3)),
                    dimension("soma_dim_1", 5_999, 2, new ZstdFilter(ctx, 3)));
            FilterList filters =
                    switch (name) {
                        case "xor" -> chain(new XORFilter(ctx));
                        case "scaled" -> chain(new FloatScalingFilter(ctx, 0, 0.5, 4));
                        default -> chain(new ZstdFilter(ctx, 3));
                    };
            schema.addAttribute(attribute("soma_data", Datatype.TILEDB_FLOAT32, false, filters));
            if (name.equals("hilbert")) {
                schema.setCellOrder(Layout.TILEDB_HILBERT);
            }
            if (name.equals("columnwise")) {
                schema.setTileOrder(Layout.TILEDB_COL_MAJOR);
                schema.setCellOrder(Layout.TILEDB_COL_MAJOR);
            }
            if (name.equals("duplicates")) {
                schema.setAllowDups(1);
            }
            Array.create(uri(path), schema);
            kind(path, "SOMASparseNDArray");
            cells(path, 0, 6, range(6), range(5), 0);
        }
        try (Array array = new Array(ctx, uri("refused/deleted"), QueryType.TILEDB_DELETE);
                Query query = new Query(array, QueryType.TILEDB_DELETE);
                QueryCondition condition = new QueryCondition(
                        ctx, "soma_data", 3.0f, Float.class, tiledb_query_condition_op_t.TILEDB_LT)) {
            query.setCondition(condition);
            query.submit();
        }
    }
}
