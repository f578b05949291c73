package io.cellferry.launch.report;

import io.cellferry.page.Html;
import io.cellferry.page.Picture;
import java.util.Base64;
import java.util.List;

/// Pictures of a page, each with its legend in words; as many as fit.
final class Figures {

    /// Leaves half a megabyte of two for everything else.
    static final long MOST_BYTES = 3L << 19;

    private final StringBuilder page;

    Figures(StringBuilder page) {
        this.page = page;
    }

    void add(List<Picture> pictures) {
        if (pictures.isEmpty()) {
            return;
        }
        page.append("<h2>Drawn from the output</h2>\n<div class=\"figures\">\n");
        long bytes = 0;
        int left = 0;
        for (Picture picture : pictures) {
            if (bytes + picture.form().bytes() <= MOST_BYTES) {
                bytes += picture.form().bytes();
                add(picture);
            } else {
                left++;
            }
        }
        page.append("</div>\n");
        if (left > 0) {
            page.append("<p>%,d more would make this page too heavy.</p>\n".formatted(left));
        }
    }

    private void add(Picture picture) {
        switch (picture.form()) {
            case Picture.Pixels pixels ->
                page.append("<figure><div class=\"frame")
                        .append(pixels.opaque() ? " dark" : "")
                        .append("\"><img alt=\"")
                        .append(Html.escaped(Words.cut(picture.alt())))
                        .append("\" width=\"%d\" height=\"%d\" src=\"data:image/png;base64,"
                                .formatted(pixels.shownWidth(), pixels.shownHeight()))
                        .append(Base64.getEncoder().encodeToString(pixels.png()))
                        .append("\"></div>\n");
            case Picture.Drawing drawing ->
                page.append("<figure class=\"drawing\">\n").append(drawing.svg());
        }
        page.append("<figcaption><strong>")
                .append(Html.escaped(Words.cut(picture.title())))
                .append("</strong>\n");
        legend(picture.legend());
        page.append("<p>").append(Html.escaped(picture.note())).append("</p></figcaption></figure>\n");
    }

    private void legend(List<Picture.Key> legend) {
        if (legend.isEmpty()) {
            return;
        }
        page.append("<ul class=\"legend\">\n");
        for (Picture.Key key : legend) {
            page.append("<li><i style=\"background:#%06x\"></i>".formatted(key.colour()))
                    .append(Html.escaped(Words.cut(key.name())))
                    .append(" <span>")
                    .append(Html.escaped(key.amount()))
                    .append("</span></li>\n");
        }
        page.append("</ul>\n");
    }
}
