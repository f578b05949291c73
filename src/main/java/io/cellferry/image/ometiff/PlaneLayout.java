package io.cellferry.image.ometiff;

import io.cellferry.image.BlockGrid;
import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.nio.ByteOrder;
import java.util.Optional;

/// How the pixels of one directory are stored, checked and in bounds.
///
/// `directory` counts from 0, `offset` is where it lies. `blocks` is what is read at once. It is the tiles or strips of
/// the file, except that large uncompressed strips are read in parts: `storedRows` is the height of the tiles or strips
/// in the file, a multiple of the grid's or the whole plane's. `samples` share a pixel; if `isSeparate`, each has
/// blocks of its own, one sample after the other. Offsets, byte counts and JPEG tables stay in the file until a reader
/// needs them: a file has up to 100,000 layouts.
record PlaneLayout(
        int directory,
        long offset,
        PixelType type,
        BlockGrid blocks,
        int storedRows,
        boolean isTiled,
        int samples,
        boolean isSeparate,
        Compression compression,
        Predictor predictor,
        ByteOrder order,
        Entry offsets,
        Optional<Entry> byteCounts,
        Optional<Entry> jpegTables,
        Optional<PixelSize> pixelSize) {

    /// Samples that lie side by side in a block.
    int samplesTogether() {
        return isSeparate ? 1 : samples;
    }

    /// Bytes of one row of a decoded block.
    int rowBytes() {
        return blocks.blockWidth() * samplesTogether() * type.bytes();
    }

    /// Bytes of a decoded block.
    int blockBytes() {
        return rowBytes() * blocks.blockHeight();
    }

    /// How many tiles or strips the file stores for one sample.
    int storedBlocks() {
        return (int) (blocks.columns() * ((blocks.height() - 1) / storedRows + 1));
    }

    /// Rows of a block that must be there: tiles are padded to full height, strips end with the plane.
    int rowsIn(int block) {
        long row = block / blocks.columns();
        return isTiled
                ? blocks.blockHeight()
                : (int) Math.min(blocks.blockHeight(), blocks.height() - row * blocks.blockHeight());
    }

    /// A block in words, such as `directory 0, tile 17 (column 2, row 1)`.
    String nameOf(int block) {
        return "directory %d, %s %,d (column %,d, row %,d)"
                .formatted(
                        directory,
                        isTiled ? "tile" : "strip",
                        block,
                        block % blocks.columns(),
                        block / blocks.columns());
    }
}
