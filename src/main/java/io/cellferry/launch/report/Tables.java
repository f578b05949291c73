package io.cellferry.launch.report;

import io.cellferry.page.Html;
import java.util.List;
import java.util.regex.Pattern;

/// Tables of a page; every cell is escaped here. Columns of nothing but amounts stand to the right.
final class Tables {

    private static final Pattern AMOUNT =
            Pattern.compile("[-+]?[0-9][0-9,.]*( ?([kMGT]?B|s|ms|%))?( (min|h) [0-9]+ (s|min))?|");

    private final StringBuilder page;

    Tables(StringBuilder page) {
        this.page = page;
    }

    /// Nothing where there are no rows.
    void table(String caption, List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        page.append("<div class=\"wide\"><table>\n<caption>")
                .append(Html.escaped(caption))
                .append("</caption>\n<thead><tr>");
        boolean[] amounts = new boolean[columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            int at = column;
            amounts[at] = at > 0
                    && rows.stream().allMatch(row -> AMOUNT.matcher(row.get(at)).matches())
                    && rows.stream().anyMatch(row -> !row.get(at).isEmpty());
            cell("th scope=\"col\"", columns.get(at), amounts[at]);
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            page.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                cell(column == 0 ? "th scope=\"row\"" : "td", row.get(column), amounts[column]);
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    private void cell(String tag, String text, boolean amount) {
        page.append('<')
                .append(tag)
                .append(amount ? " class=\"n\">" : ">")
                .append(Html.escaped(Words.cut(text)))
                .append("</")
                .append(tag, 0, 2)
                .append('>');
    }
}
