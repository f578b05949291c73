package io.cellferry.page;

import java.util.List;
import java.util.Locale;

/// Bars side by side as SVG, each with a word below and its number above.
public final class BarChart {

    private static final int WIDTH = 680;
    private static final int HEIGHT = 240;
    private static final int TOP = 24;
    private static final int BOTTOM = 56;

    private BarChart() {}

    /// A bar; `shown` is how its length is written.
    public record Bar(String word, double length, String shown) {}

    /// `alt` says what is to be seen, `across` what the words below the bars are.
    public static Picture.Drawing of(List<Bar> bars, String alt, String across) {
        double longest = bars.stream().mapToDouble(Bar::length).max().orElse(0);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, TOP + HEIGHT + BOTTOM, Html.escaped(alt)));
        double step = (double) WIDTH / Math.max(1, bars.size());
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double height = longest > 0 ? bar.length() / longest * HEIGHT : 0;
            double left = i * step + step * 0.08;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"chosen\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                    left,
                    TOP + HEIGHT - height,
                    step * 0.84,
                    height));
            text(svg, left + step * 0.42, TOP + HEIGHT - height - 6, bar.shown());
            text(svg, left + step * 0.42, TOP + HEIGHT + 18, bar.word());
        }
        svg.append("<path class=\"axis\" d=\"M0 %dH%d\"/>\n".formatted(TOP + HEIGHT, WIDTH));
        text(svg, WIDTH / 2.0, TOP + HEIGHT + 44, across);
        return new Picture.Drawing(svg.append("</svg>\n").toString());
    }

    private static void text(StringBuilder svg, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
                x,
                y,
                Html.escaped(text)));
    }
}
