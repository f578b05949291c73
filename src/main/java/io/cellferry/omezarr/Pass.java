package io.cellferry.omezarr;

import java.util.ArrayList;
import java.util.List;

/// The levels that one round over a channel makes, and the size of its units in pixels of the first of them.
///
/// `wholeRows` says that the first level is read in full width, as strips want it: a row of chunks at a time.
///
/// What the levels after it are made of is left on scratch in square pieces of `chunk / 2` pixels, unless there are
/// none.
public record Pass(
        int number, int firstLevel, int levels, int unitWidth, int unitHeight, boolean wholeRows, boolean isLast) {

    static Pass of(PyramidLayout layout, int number, int first) {
        int chunk = layout.chunk();
        int side = layout.superblock();
        long width = layout.width(first);
        long height = layout.height(first);
        boolean band = first == 0 && layout.banded() && width > side;
        int unitWidth = band ? Math.toIntExact(Math.ceilDiv(width, chunk) * chunk) : side;
        int unitHeight = band ? chunk : side;
        int levels = 1;
        while (first + levels < layout.levels()
                && covers(unitWidth, width, levels, chunk)
                && covers(unitHeight, height, levels, chunk)) {
            levels++;
        }
        return new Pass(
                number,
                first,
                levels,
                unitWidth,
                unitHeight,
                first == 0 && layout.banded(),
                first + levels == layout.levels());
    }

    /// Whether a unit holds whole chunks after so many halvings: it is still a chunk long, or all there is.
    private static boolean covers(int unit, long extent, int halvings, int chunk) {
        return unit >> halvings >= chunk || unit >= extent;
    }

    /// All units of one channel, row by row.
    public List<Superblock> superblocks(PyramidLayout layout, int channel) {
        List<Superblock> all = new ArrayList<>();
        long rows = Math.ceilDiv(layout.height(firstLevel), unitHeight);
        long columns = Math.ceilDiv(layout.width(firstLevel), unitWidth);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                all.add(new Superblock(channel, number, row, column));
            }
        }
        return all;
    }

    /// The level that is made of what this pass leaves.
    public int nextLevel() {
        return firstLevel + levels;
    }
}
