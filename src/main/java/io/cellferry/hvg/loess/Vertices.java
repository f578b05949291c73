package io.cellferry.hvg.loess;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeSet;

/// The borders of the cells into which the k-d tree of loess cuts the range of one variable.
final class Vertices {

    /// The share of the range by which it is widened at both ends.
    private static final double MARGIN = 0.005;

    /// The tree has room for at least this many vertices.
    private static final int MIN_ROOM = 200;

    /// Points `[from, to]` between two borders.
    private record Cell(int from, int to, double lower, double upper) {}

    private Vertices() {}

    /// Ascending borders such that no cell holds more than `mostPoints` of the ascending `x`, as far as ties allow.
    static double[] of(double[] x, int mostPoints) {
        double first = x[0];
        double last = x[x.length - 1];
        double floor = 1e-10 * Math.max(Math.abs(first), Math.abs(last)) + 1e-30;
        double margin = MARGIN * Math.max(last - first, floor);
        int room = Math.max(MIN_ROOM, x.length);
        var borders = new TreeSet<Double>();
        borders.add(first - margin);
        borders.add(last + margin);
        int cells = 1;
        Queue<Cell> open = new ArrayDeque<>();
        open.add(new Cell(0, x.length - 1, first - margin, last + margin));
        while (!open.isEmpty()) {
            Cell cell = open.remove();
            boolean small = cell.to - cell.from + 1 <= mostPoints || cell.upper <= cell.lower;
            if (small || cells + 2 > room || borders.size() + 1 > room) {
                continue;
            }
            int middle = middle(x, cell.from, cell.to);
            double cut = x[middle];
            if (cut == cell.lower || cut == cell.upper) {
                continue;
            }
            borders.add(cut);
            cells += 2;
            open.add(new Cell(cell.from, middle, cell.lower, cut));
            open.add(new Cell(middle + 1, cell.to, cut, cell.upper));
        }
        return borders.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The middle of `[from, to]`, moved by +1, -1, +2, -2 and so on to where its right neighbour differs; unmoved
    /// when the search leaves the cell first.
    private static int middle(double[] x, int from, int to) {
        int middle = (from + to + 2) / 2 - 1;
        int offset = 0;
        while (middle + offset >= from && middle + offset < to) {
            int place = middle + offset;
            if (x[place] != x[place + 1]) {
                return place;
            }
            offset = -offset;
            if (offset >= 0) {
                offset++;
            }
        }
        return middle;
    }
}
