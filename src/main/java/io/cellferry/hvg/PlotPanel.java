package io.cellferry.hvg;

import java.util.BitSet;
import java.util.Locale;

/// One plot of genes as SVG. Genes are counted in a grid and squares are drawn, darker where more genes lie, so that
/// its size does not grow with them: at most 9,600 squares for chosen genes and as many for the others, 15 bytes
/// each.
final class PlotPanel {

    private static final int COLUMNS = 120;
    private static final int ROWS = 80;
    private static final int SQUARE = 5;
    private static final int LEFT = 70;
    private static final int TOP = 10;
    private static final int WIDTH = COLUMNS * SQUARE;
    private static final int HEIGHT = ROWS * SQUARE;

    /// From how many genes on a square has each of the shades.
    private static final int[] SHADES = {1, 2, 4, 16};

    private PlotPanel() {}

    static String svg(PlotAxis x, PlotAxis y, BitSet chosen) {
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s against %s\">\n",
                LEFT + WIDTH + 20,
                TOP + HEIGHT + 50,
                y.title(),
                x.title()));
        axes(svg, x, y);
        svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d %d) scale(%d)\">\n", LEFT, TOP, SQUARE));
        squares(svg, x, y, chosen, false);
        squares(svg, x, y, chosen, true);
        return svg.append("</g></svg>\n").toString();
    }

    private static void squares(StringBuilder svg, PlotAxis x, PlotAxis y, BitSet chosen, boolean wanted) {
        int[] genes = new int[COLUMNS * ROWS];
        for (int gene = 0; gene < x.values().length; gene++) {
            double across = x.share(gene);
            double up = y.share(gene);
            if (chosen.get(gene) == wanted && !Double.isNaN(across) && !Double.isNaN(up)) {
                int column = Math.min(COLUMNS - 1, (int) (across * COLUMNS));
                int row = Math.min(ROWS - 1, (int) ((1 - up) * ROWS));
                genes[row * COLUMNS + column]++;
            }
        }
        for (int shade = 0; shade < SHADES.length; shade++) {
            int most = shade + 1 < SHADES.length ? SHADES[shade + 1] : Integer.MAX_VALUE;
            var path = new StringBuilder();
            for (int i = 0; i < genes.length; i++) {
                if (genes[i] >= SHADES[shade] && genes[i] < most) {
                    path.append('M')
                            .append(i % COLUMNS)
                            .append(' ')
                            .append(i / COLUMNS)
                            .append("h1v1h-1z");
                }
            }
            if (!path.isEmpty()) {
                svg.append("<path class=\"" + (wanted ? "chosen" : "other") + " s" + shade + "\" d=\"")
                        .append(path)
                        .append("\"/>\n");
            }
        }
    }

    private static void axes(StringBuilder svg, PlotAxis x, PlotAxis y) {
        int bottom = TOP + HEIGHT;
        svg.append(line(LEFT, TOP, LEFT, bottom)).append(line(LEFT, bottom, LEFT + WIDTH, bottom));
        for (PlotAxis.Tick tick : x.ticks()) {
            double at = LEFT + tick.share() * WIDTH;
            svg.append(line(at, bottom, at, bottom + 5));
            svg.append(text(at, bottom + 18, "middle", tick.label()));
        }
        for (PlotAxis.Tick tick : y.ticks()) {
            double at = bottom - tick.share() * HEIGHT;
            svg.append(line(LEFT - 5, at, LEFT, at));
            svg.append(text(LEFT - 8, at + 4, "end", tick.label()));
        }
        svg.append(text(LEFT + WIDTH / 2.0, bottom + 40, "middle", x.title()));
        svg.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                TOP + HEIGHT / 2,
                y.title()));
    }

    private static String line(double fromX, double fromY, double toX, double toY) {
        return String.format(
                Locale.ROOT, "<path class=\"axis\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", fromX, fromY, toX, toY);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text);
    }
}
