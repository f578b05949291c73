package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import java.util.Optional;

/// One write to an array: a folder with a file for each column, cut into tiles.
///
/// `boxes` holds for every tile the first and last place in each dimension, dimension by dimension; empty when
/// places are no numbers of 8 bytes. 32 bytes a tile of a matrix. `domain` is the part that a dense fragment wrote.
public record Fragment(
        StoredFolder folder,
        String place,
        StampedName name,
        ArraySchema schema,
        boolean dense,
        int tiles,
        int lastTileCells,
        boolean stamped,
        Optional<long[]> boxes,
        Optional<long[]> domain) {

    /// The column every cell's time of writing lies in, where several writes were merged into this fragment.
    public static final String TIMES = "__timestamps";

    static final String METADATA = "__fragment_metadata.tdb";

    public long cells() {
        return tiles == 0 ? 0 : (tiles - 1L) * tileCells() + lastTileCells;
    }

    public int cells(int tile) {
        return tile + 1 == tiles ? lastTileCells : tileCells();
    }

    /// Cells of every tile but the last.
    public int tileCells() {
        if (!dense) {
            return Math.toIntExact(schema.capacity());
        }
        long cells = 1;
        for (Dimension dimension : schema.dimensions()) {
            if (dimension.extent() < 1) {
                throw new Malformed("its tiles have room for no cell");
            }
            if (dimension.extent() > Integer.MAX_VALUE / cells) {
                throw new Malformed("its tiles have room for more than 2^31 cells");
            }
            cells *= dimension.extent();
        }
        return (int) cells;
    }

    public long first(int tile, int dimension) {
        return box(tile, dimension, 0);
    }

    public long last(int tile, int dimension) {
        return box(tile, dimension, 1);
    }

    private long box(int tile, int dimension, int side) {
        return boxes.orElseThrow()[(tile * schema.dimensions().size() + dimension) * 2 + side];
    }

    /// The tiles of an attribute, a dimension or [#TIMES]; empty when this fragment was written without it. Reads
    /// the tile tables.
    public Optional<FragmentColumn> column(String column) {
        return new FragmentTables(this).column(this, column);
    }

    /// Refuses the file `file` of this fragment.
    RuntimeException refusal(String file, Malformed damaged) {
        return folder.refusal(StoredFolder.join(place, file), damaged);
    }
}
