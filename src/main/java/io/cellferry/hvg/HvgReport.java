package io.cellferry.hvg;

import io.cellferry.failure.Problem;
import io.cellferry.page.Html;
import io.cellferry.storage.ByteSink;
import java.util.BitSet;

/// A page that shows what was chosen: scores and variances against means, and what there is to say.
///
/// One HTML file without scripts that fetches nothing. Below 700 KB however many genes there are, unless thousands of
/// batches were skipped.
public final class HvgReport {

    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
                   color: #1c2430; background: #fff }
            svg { width: 100%; max-width: 46rem; display: block; margin: 1rem 0 }
            text { font: 12px system-ui, sans-serif; fill: #445 }
            .axis { fill: none; stroke: #889 }
            .other { fill: #8a94a3 } .chosen { fill: #0b6fb8 }
            .s0 { fill-opacity: .35 } .s1 { fill-opacity: .55 } .s2 { fill-opacity: .75 } .s3 { fill-opacity: 1 }
            .key { display: inline-block; width: .8em; height: .8em; margin-right: .3em }
            """;

    private HvgReport() {}

    /// `title` names the input, as the reader of the page knows it.
    public static void write(HvgTable table, String title, ByteSink sink) {
        BitSet chosen = table.chosen();
        var text = new TextSink(sink);
        text.add("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>")
                .add(Html.escaped(title))
                .add("</title>\n<style>\n")
                .add(STYLE)
                .add("</style></head><body>\n<h1>")
                .add(Html.escaped(title))
                .add("</h1>\n<p>")
                .add(chosen.cardinality() + " of " + table.genes().size())
                .add(" genes are highly variable, by " + table.flavor().word() + ".")
                .add("</p>\n<p><span class=\"key\" style=\"background:#0b6fb8\"></span>highly variable &nbsp;")
                .add(
                        "<span class=\"key\" style=\"background:#8a94a3\"></span>other genes; darker where more lie</p>\n");
        String[] shown = shown(table.flavor());
        for (String column : shown) {
            text.add(PlotPanel.svg(means(table), axis(table, column), chosen));
        }
        if (!table.remarks().isEmpty()) {
            text.add("<h2>Remarks</h2>\n<ul>\n");
            for (Problem remark : table.remarks()) {
                text.add("<li>").add(Html.escaped(HvgJson.remark(remark))).add("</li>\n");
            }
            text.add("</ul>\n");
        }
        text.add("</body></html>\n");
        text.end();
    }

    /// The column that decides, and the one it is made of.
    private static String[] shown(Flavor flavor) {
        return switch (flavor) {
            case SEURAT, CELL_RANGER -> new String[] {"dispersions_norm", "dispersions"};
            case SEURAT_V3, SEURAT_V3_PAPER -> new String[] {"variances_norm", "variances"};
            case PEARSON_RESIDUALS -> new String[] {"residual_variances", "variances"};
        };
    }

    private static PlotAxis means(HvgTable table) {
        boolean logarithmic = table.flavor() != Flavor.SEURAT;
        return PlotAxis.of(logarithmic ? "mean" : "log(1 + mean)", numbers(table.column("means")), logarithmic);
    }

    private static PlotAxis axis(HvgTable table, String column) {
        return PlotAxis.of(column, numbers(table.column(column)), table.flavor().wantsCounts());
    }

    private static double[] numbers(HvgColumn column) {
        if (column instanceof HvgColumn.Numbers numbers) {
            return numbers.values();
        }
        throw new IllegalStateException("column %s holds no numbers".formatted(column.name()));
    }
}
