package io.cellferry.genemajor;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrType;
import io.cellferry.zarr.ZarrVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the three arrays of a matrix are laid out: `data` and `indices` chunk by chunk alike, `indptr` says where each
/// major starts: each gene, or each cell in a store by cell.
///
/// `chunk` stored values make a chunk and `chunksInFile` of them a file.
public record MatrixLayout(
        String path,
        MatrixInfo.Order order,
        ZarrVersion version,
        Compression compression,
        int level,
        ZarrType type,
        int cells,
        int genes,
        int chunk,
        int chunksInFile) {

    public MatrixLayout {
        if (order == MatrixInfo.Order.DENSE) {
            throw new IllegalArgumentException("a store holds sparse matrices only");
        }
    }

    /// A gene of a million cells should not read much beside itself, and a store should not have millions of files.
    private static final int LEAST_CHUNK = 1 << 17;

    private static final int MOST_CHUNK = 1 << 20;
    private static final int WANTED_CHUNKS = 4096;

    /// With shards: few enough files for any file system, each small enough to write again after a crash.
    private static final int WANTED_SHARDS = 200;

    private static final long LEAST_SHARD_VALUES = 16L << 20;
    private static final int MOST_SHARD_CHUNKS = 1024;

    /// A unit is redone after a crash: a few seconds of work.
    private static final long MOST_UNIT_VALUES = 64L << 20;

    private static final int WANTED_UNITS = 64;
    private static final int INDPTR_CHUNK = 1 << 17;

    /// The chunk length for a matrix of `storedValues`: the power of two that makes about four thousand of them.
    public static int chunkFor(long storedValues) {
        long wanted = Math.max(1, storedValues / WANTED_CHUNKS);
        long power = Long.highestOneBit(wanted) == wanted ? wanted : Long.highestOneBit(wanted) << 1;
        return (int) Math.clamp(power, LEAST_CHUNK, MOST_CHUNK);
    }

    /// How many chunks of `chunk` values a shard takes when nobody says so.
    public static int chunksInShardFor(long storedValues, int chunk) {
        long values = Math.max(LEAST_SHARD_VALUES, storedValues / WANTED_SHARDS);
        return (int) Math.clamp(Math.ceilDiv(values, chunk), 1, MOST_SHARD_CHUNKS);
    }

    public ArrayLayout data(long storedValues) {
        return array(type, storedValues);
    }

    public ArrayLayout indices(long storedValues) {
        return array(ZarrType.INT32, storedValues);
    }

    private ArrayLayout array(ZarrType elements, long storedValues) {
        ArrayLayout plain = ArrayLayout.of(version, elements, List.of(storedValues), List.of(chunk), compression)
                .atLevel(level);
        return chunksInFile > 1 ? plain.sharded(chunksInFile) : plain;
    }

    public boolean byCell() {
        return order == MatrixInfo.Order.CELL_MAJOR;
    }

    /// By which the values lie: genes, or cells in a store by cell.
    public int majors() {
        return byCell() ? cells : genes;
    }

    /// What `indices` counts.
    public int minors() {
        return byCell() ? genes : cells;
    }

    public String majorWord() {
        return byCell() ? "cell" : "gene";
    }

    /// In 32 bits as long as they are enough, as anndata writes it: there are readers that fail at a mixture of both.
    public ArrayLayout indptr(long storedValues) {
        return ArrayLayout.of(
                        version,
                        storedValues <= Integer.MAX_VALUE ? ZarrType.INT32 : ZarrType.INT64,
                        List.of(majors() + 1L),
                        List.of(Math.min(majors() + 1, INDPTR_CHUNK)),
                        compression)
                .atLevel(level);
    }

    /// Cuts the files of `storedValues` into units: whole files, the same ones on every machine.
    public List<ValueRange> units(long storedValues) {
        long fileValues = (long) chunk * chunksInFile;
        long wanted = Math.min(MOST_UNIT_VALUES, storedValues / WANTED_UNITS);
        long step = Math.max(1, wanted / fileValues) * fileValues;
        List<ValueRange> units = new ArrayList<>();
        for (long from = 0; from < storedValues; from += step) {
            units.add(new ValueRange(from, Math.min(storedValues, from + step)));
        }
        return units;
    }

    /// What AnnData says of the group of the three arrays.
    public Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("encoding-type", byCell() ? "csr_matrix" : "csc_matrix");
        attributes.put("encoding-version", "0.1.0");
        attributes.put("shape", List.of(cells, genes));
        return attributes;
    }
}
