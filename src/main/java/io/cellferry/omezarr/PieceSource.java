package io.cellferry.omezarr;

import io.cellferry.image.PixelRegion;
import java.nio.file.Path;
import java.util.function.Function;

/// Pixels of one channel that the units of a pass left on scratch. Used by one thread; holds one piece.
public final class PieceSource implements PixelSource {

    private final PyramidLayout layout;
    private final Pass left;
    private final int channel;
    private final Function<Superblock, Path> files;
    private final byte[] piece;

    /// What pass `left` made of `channel`; `files` tells where a unit left its pixels.
    public PieceSource(PyramidLayout layout, Pass left, int channel, Function<Superblock, Path> files) {
        this.layout = layout;
        this.left = left;
        this.channel = channel;
        this.files = files;
        this.piece = new byte[SuperblockFile.storedBytes(layout)];
    }

    @Override
    public void read(PixelRegion region, byte[] into, int at, int rowBytes) {
        int side = SuperblockFile.side(layout);
        long right = region.x() + region.width();
        long bottom = region.y() + region.height();
        for (long top = region.y() / side * side; top < bottom; top += side) {
            for (long start = region.x() / side * side; start < right; start += side) {
                long x = Math.max(region.x(), start);
                long y = Math.max(region.y(), top);
                int width = (int) (Math.min(right, start + side) - x);
                int height = (int) (Math.min(bottom, top + side) - y);
                int target = at + (int) (y - region.y()) * rowBytes + (int) (x - region.x()) * layout.pixelBytes();
                readPiece(start, top);
                PixelCopies.copy(
                        piece,
                        ((int) (y - top) * side + (int) (x - start)) * layout.pixelBytes(),
                        side * layout.pixelBytes(),
                        width * layout.pixelBytes(),
                        height,
                        into,
                        target,
                        rowBytes);
            }
        }
    }

    /// The piece whose upper left pixel is (`x`, `y`).
    private void readPiece(long x, long y) {
        int side = SuperblockFile.side(layout);
        long unitWidth = left.unitWidth() >> left.levels();
        long unitHeight = left.unitHeight() >> left.levels();
        Superblock unit = new Superblock(channel, left.number(), (int) (y / unitHeight), (int) (x / unitWidth));
        long ofUnit = Math.min(unitWidth, layout.width(left.nextLevel()) - unit.column() * unitWidth);
        long inRow = SuperblockFile.pieces(layout, (int) ofUnit);
        long number = y % unitHeight / side * inRow + x % unitWidth / side;
        SuperblockFile.readPiece(files.apply(unit), layout, number, piece);
    }
}
