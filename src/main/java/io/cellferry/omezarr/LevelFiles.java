package io.cellferry.omezarr;

import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.ChunkFileWriter;
import org.jspecify.annotations.Nullable;

/// The files of one level of one superblock. A file begins with its first chunk that is not zero throughout; where none
/// comes there is no file, which readers take for zeros.
final class LevelFiles implements AutoCloseable {

    private final ArrayLayout array;
    private final ChunkFileWriter writer;
    private final UnitWriter unit;
    private final String folder;
    private final int channel;
    private final byte[] padded;
    private final int chunkBytes;
    private final int chunkRowBytes;
    private @Nullable StagedFile open;
    private long openRow;
    private long openColumn;
    /// Chunks of the open file that came or are known to be absent.
    private int placed;

    /// `folder` holds the array; `padded` is room for one chunk.
    LevelFiles(ArrayLayout array, ChunkFileWriter writer, UnitWriter unit, String folder, int channel, byte[] padded) {
        this.array = array;
        this.writer = writer;
        this.unit = unit;
        this.folder = folder;
        this.channel = channel;
        this.padded = padded;
        this.chunkBytes = array.chunkElements() * array.type().bytes();
        this.chunkRowBytes = array.chunk().getLast() * array.type().bytes();
    }

    /// Stores the chunk in `row` and `column` of the array, of which `used` bytes of each of `rows` rows are pixels.
    /// Chunks of a file come in its order. Returns whether all of it is zero.
    boolean chunk(long row, long column, byte[] from, int at, int rowBytes, int used, int rows) {
        boolean asItIs = at == 0 && rowBytes == chunkRowBytes && used == rowBytes && rows * rowBytes == chunkBytes;
        byte[] pixels = asItIs ? from : padded;
        if (!asItIs) {
            PixelCopies.copy(from, at, rowBytes, used, rows, padded, 0, chunkRowBytes);
            PixelCopies.pad(padded, chunkRowBytes, chunkBytes / chunkRowBytes, used, rows);
        }
        if (PixelCopies.isZero(pixels, chunkBytes)) {
            return true;
        }
        int fileRows = array.shard().get(1);
        int fileColumns = array.shard().get(2);
        begin(row / fileRows, column / fileColumns);
        int place = (int) (row % fileRows * fileColumns + column % fileColumns);
        for (; placed < place; placed++) {
            writer.absent();
        }
        writer.chunk(pixels);
        placed++;
        return false;
    }

    private void begin(long row, long column) {
        if (open != null && openRow == row && openColumn == column) {
            return;
        }
        finish();
        open = unit.output(folder + "/" + array.fileName(channel, row, column));
        openRow = row;
        openColumn = column;
        placed = 0;
        writer.begin(open);
    }

    /// Finishes the open file.
    void finish() {
        StagedFile file = open;
        if (file != null) {
            writer.finish();
            file.close();
            open = null;
        }
    }

    /// Lets go of a file that was not finished.
    @Override
    public void close() {
        StagedFile file = open;
        if (file != null) {
            open = null;
            file.close();
        }
    }
}
