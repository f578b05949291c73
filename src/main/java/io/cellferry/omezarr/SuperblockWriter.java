package io.cellferry.omezarr;

import io.cellferry.image.PixelRegion;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.ChunkFileWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes superblocks of one pass: reads a row of chunks, stores them, halves them into the next level, and so on until
/// the superblock is done.
///
/// A chunk that is zero throughout is not stored: that is what readers take for a missing one. Used by one thread for
/// one superblock after the other; [#heapBytes] tells what it holds.
public final class SuperblockWriter implements AutoCloseable {

    private final PyramidLayout layout;
    private final Pass pass;
    private final String folder;
    private final Halving halving;
    private final PixelStatistics statistics;
    private final Map<Integer, ChunkFileWriter> writers = new HashMap<>();
    private final List<byte[]> levels = new ArrayList<>();
    private final byte[] chunk;

    /// For an image that lies in `folder` of the output.
    public SuperblockWriter(PyramidLayout layout, Pass pass, String folder) {
        this.layout = layout;
        this.pass = pass;
        this.folder = folder;
        this.halving = Halving.of(layout.type(), layout.downsampling());
        this.statistics = new PixelStatistics(layout.type());
        this.chunk = new byte[layout.chunk() * layout.chunk() * layout.pixelBytes()];
        for (int down = 0; down <= deepest(layout, pass); down++) {
            levels.add(new byte[Math.toIntExact(levelBytes(layout, pass, down))]);
        }
    }

    /// Levels that are held, counted from the first: those stored, and the one left on scratch.
    private static int deepest(PyramidLayout layout, Pass pass) {
        return pass.isLast() ? pass.levels() - 1 : pass.levels();
    }

    /// Of the first level one row of chunks is held, or one chunk of it; of all others, all of a superblock.
    private static long levelBytes(PyramidLayout layout, Pass pass, int down) {
        long height = down == 0 ? layout.chunk() : heightOf(layout, pass, down);
        return height * rowBytes(layout, pass, down);
    }

    private static long rowBytes(PyramidLayout layout, Pass pass, int down) {
        long width = down == 0 && !pass.wholeRows() ? layout.chunk() : widthOf(layout, pass, down);
        return width * layout.pixelBytes();
    }

    private static long widthOf(PyramidLayout layout, Pass pass, int down) {
        return Math.min((pass.unitWidth() - 1L >> down) + 1, layout.width(pass.firstLevel() + down));
    }

    private static long heightOf(PyramidLayout layout, Pass pass, int down) {
        return Math.min((pass.unitHeight() - 1L >> down) + 1, layout.height(pass.firstLevel() + down));
    }

    /// The most that a writer for `pass` holds.
    public static long heapBytes(PyramidLayout layout, Pass pass) {
        long bytes = (long) layout.chunk() * layout.chunk() * layout.pixelBytes() + PixelStatistics.HEAP_BYTES;
        for (int down = 0; down <= deepest(layout, pass); down++) {
            bytes += levelBytes(layout, pass, down);
        }
        // One writer for each number of chunks in a file.
        long writers = 0;
        Map<Integer, Long> seen = new HashMap<>();
        for (int down = 0; down < pass.levels(); down++) {
            ArrayLayout array = layout.array(pass.firstLevel() + down);
            writers += seen.put(array.chunksInFile(), array.writerBytes()) == null ? array.writerBytes() : 0;
        }
        return bytes + writers;
    }

    /// Writes everything of `superblock` whose pixels `source` gives; what further passes need goes to the scratch file
    /// `leftover`.
    public void write(Superblock superblock, PixelSource source, String leftover, UnitWriter unit) {
        PixelRegion region = superblock.region(layout, pass);
        statistics.clear();
        first(superblock, region, source, unit);
        int width = region.width();
        int height = region.height();
        for (int down = 1; down <= deepest(layout, pass); down++) {
            width = width + 1 >> 1;
            height = height + 1 >> 1;
            if (down < pass.levels()) {
                stored(superblock, down, width, height, unit);
            }
            if (down < deepest(layout, pass)) {
                halving.halve(
                        levels.get(down),
                        0,
                        rowBytes(down),
                        width,
                        height,
                        levels.get(down + 1),
                        0,
                        rowBytes(down + 1));
            }
        }
        if (pass.number() == 0 || !pass.isLast()) {
            leave(leftover, width, height, unit);
        }
    }

    private int rowBytes(int down) {
        return Math.toIntExact(rowBytes(layout, pass, down));
    }

    /// The first level: read in rows of chunks, counted, stored and halved.
    private void first(Superblock superblock, PixelRegion region, PixelSource source, UnitWriter unit) {
        boolean wholeRows = pass.wholeRows();
        int side = layout.chunk();
        int bytes = layout.pixelBytes();
        byte[] pixels = levels.getFirst();
        int rowBytes = rowBytes(0);
        LevelFiles files = files(superblock, 0, unit);
        try (files) {
            for (int top = 0; top < region.height(); top += side) {
                int height = Math.min(side, region.height() - top);
                if (wholeRows) {
                    source.read(
                            new PixelRegion(region.x(), region.y() + top, region.width(), height), pixels, 0, rowBytes);
                }
                for (int left = 0; left < region.width(); left += side) {
                    int width = Math.min(side, region.width() - left);
                    int at = wholeRows ? left * bytes : 0;
                    if (!wholeRows) {
                        PixelRegion one = new PixelRegion(region.x() + left, region.y() + top, width, height);
                        source.read(one, pixels, 0, rowBytes);
                    }
                    boolean zero = files.chunk(
                            (region.y() + top) / side,
                            (region.x() + left) / side,
                            pixels,
                            at,
                            rowBytes,
                            width * bytes,
                            height);
                    if (pass.number() == 0) {
                        count(pixels, at, rowBytes, width, height, zero);
                    }
                    if (levels.size() > 1) {
                        int to = top / 2 * rowBytes(1) + left / 2 * bytes;
                        halving.halve(pixels, at, rowBytes, width, height, levels.get(1), to, rowBytes(1));
                    }
                }
            }
            files.finish();
        }
    }

    private void count(byte[] pixels, int at, int rowBytes, int width, int height, boolean zero) {
        if (zero) {
            statistics.addZeros((long) width * height);
            return;
        }
        for (int row = 0; row < height; row++) {
            statistics.add(pixels, at + row * rowBytes, width);
        }
    }

    private void stored(Superblock superblock, int down, int width, int height, UnitWriter unit) {
        int side = layout.chunk();
        LevelFiles files = files(superblock, down, unit);
        long firstRow = chunksBefore(superblock.row(), pass.unitHeight(), down);
        long firstColumn = chunksBefore(superblock.column(), pass.unitWidth(), down);
        try (files) {
            for (int top = 0; top < height; top += side) {
                for (int left = 0; left < width; left += side) {
                    files.chunk(
                            firstRow + top / side,
                            firstColumn + left / side,
                            levels.get(down),
                            top * rowBytes(down) + left * layout.pixelBytes(),
                            rowBytes(down),
                            Math.min(side, width - left) * layout.pixelBytes(),
                            Math.min(side, height - top));
                }
            }
            files.finish();
        }
    }

    /// A superblock that holds less than a chunk holds all there is, so it is the first.
    private long chunksBefore(int superblocks, int unit, int down) {
        return (long) superblocks * (unit >> down) / layout.chunk();
    }

    private LevelFiles files(Superblock superblock, int down, UnitWriter unit) {
        int level = pass.firstLevel() + down;
        ArrayLayout array = layout.array(level);
        ChunkFileWriter writer = writers.computeIfAbsent(array.chunksInFile(), unused -> new ChunkFileWriter(array));
        String path = folder + "/" + PyramidLayout.path(level);
        return new LevelFiles(array, writer, unit, path, superblock.channel(), chunk);
    }

    private void leave(String leftover, int width, int height, UnitWriter unit) {
        try (StagedFile file = unit.scratch(leftover)) {
            if (!pass.isLast()) {
                int down = pass.levels();
                SuperblockFile.write(file, layout, levels.get(down), rowBytes(down), width, height, chunk);
            }
            if (pass.number() == 0) {
                SuperblockFile.write(file, statistics);
            }
            file.finish();
        }
    }

    /// What all units of `pass` leave on scratch at most.
    public static long leftBytes(PyramidLayout layout, Pass pass) {
        long bytes = 0;
        if (!pass.isLast()) {
            int side = SuperblockFile.side(layout);
            long pieces = Math.ceilDiv(layout.width(pass.nextLevel()), side)
                    * Math.ceilDiv(layout.height(pass.nextLevel()), side)
                    * layout.channels();
            bytes = pieces * SuperblockFile.storedBytes(layout);
        }
        if (pass.number() == 0) {
            long units = (long) pass.superblocks(layout, 0).size() * layout.channels();
            bytes += units * (PixelStatistics.mostStoredBytes(layout.type()) + SuperblockFile.CHECKSUM_BYTES);
        }
        return bytes;
    }

    /// Adds the counts that `superblock`, one of the first pass, left in the scratch file `leftover`.
    public static void addStatistics(PyramidLayout layout, Superblock superblock, Path leftover, PixelStatistics into) {
        Pass pass = layout.passes().getFirst();
        PixelRegion region = superblock.region(layout, pass);
        long pieces = 0;
        if (!pass.isLast()) {
            pieces = (long) SuperblockFile.pieces(layout, (region.width() - 1 >> pass.levels()) + 1)
                    * SuperblockFile.pieces(layout, (region.height() - 1 >> pass.levels()) + 1);
        }
        SuperblockFile.addStatistics(leftover, pieces, layout, into);
    }

    @Override
    public void close() {
        writers.values().forEach(ChunkFileWriter::close);
    }
}
