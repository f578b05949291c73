package io.cellferry.celldive;

import io.cellferry.failure.RequestRefused;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a person's table says of channels, one row each: which one, by its file or its label, and what it is called,
/// which dye it has, in what colour it is shown, how long it was exposed. What a cell leaves empty is as the scan says.
///
/// Kept whole: some hundred bytes a channel.
public final class ChannelTable {

    public static final ChannelTable EMPTY = new ChannelTable("", Map.of());

    private static final List<String> KEYS = List.of("file", "label");
    private static final List<String> VALUES = List.of("name", "dye", "colour", "exposure");
    private static final Pattern COLOUR = Pattern.compile("#?[0-9A-Fa-f]{6}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern DYE = Pattern.compile("[A-Za-z][A-Za-z0-9.-]*");
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private final String key;
    private final Map<String, Row> rows;

    private ChannelTable(String key, Map<String, Row> rows) {
        this.key = key;
        this.rows = rows;
    }

    /// `number` counts the lines of the table, its header being the first.
    record Row(
            int number,
            Optional<String> name,
            Optional<String> dye,
            Optional<Integer> colour,
            Optional<Double> exposure) {}

    /// The table in `text`, which is comma-separated, its first line naming the columns. `where` is its file. All that
    /// is wrong is refused at once, by row and column.
    public static ChannelTable parse(String text, String where) {
        List<String> mistakes = new ArrayList<>();
        List<List<String>> lines = CommaSeparated.lines(text, mistakes);
        List<String> header = lines.isEmpty()
                ? List.of()
                : lines.getFirst().stream()
                        .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                        .toList();
        List<String> keys = header.stream().filter(KEYS::contains).toList();
        if (keys.size() != 1) {
            mistakes.add("row 1: expected one column called file or one called label, found the columns %s"
                    .formatted(header.isEmpty() ? "of an empty file" : String.join(", ", header)));
        }
        for (int column = 0; column < header.size(); column++) {
            String name = header.get(column);
            if (!KEYS.contains(name) && !VALUES.contains(name)) {
                mistakes.add("row 1, column %d: there is no column \"%s\"; there are %s and %s"
                        .formatted(column + 1, name, String.join(" or ", KEYS), String.join(", ", VALUES)));
            } else if (header.indexOf(name) < column && !KEYS.contains(name)) {
                mistakes.add("row 1, column %d: the column %s is there twice".formatted(column + 1, name));
            }
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        if (mistakes.isEmpty()) {
            for (int line = 1; line < lines.size(); line++) {
                row(line + 1, header, keys.getFirst(), lines.get(line), rows, mistakes);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new RequestRefused(
                    "--channels %s: %s.".formatted(where, String.join(";\n", mistakes)),
                    "Correct the table: label,name,colour in the first row, then for instance"
                            + " 1.0.4_Cy3_iba1,Iba1,FFB000.");
        }
        return new ChannelTable(keys.getFirst(), rows);
    }

    private static void row(
            int number,
            List<String> header,
            String key,
            List<String> cells,
            Map<String, Row> rows,
            List<String> mistakes) {
        if (cells.stream().allMatch(String::isBlank)) {
            return;
        }
        if (cells.size() != header.size()) {
            mistakes.add("row %d: expected %d cells, found %d".formatted(number, header.size(), cells.size()));
            return;
        }
        Cells row = new Cells(number, header, cells, mistakes);
        String of = row.cell(key).orElse("");
        if (of.isEmpty()) {
            mistakes.add("row %d, column %s: expected which channel it is, found nothing".formatted(number, key));
            return;
        }
        Row made = new Row(
                number,
                row.checked("name", NAME, "at most 200 characters that can be shown"),
                row.checked("dye", DYE, "a letter, then letters, digits, - and ."),
                row.checked("colour", COLOUR, "six hexadecimal digits such as FFB000")
                        .map(colour -> Integer.parseInt(colour.replace("#", ""), 16)),
                row.checked("exposure", MILLISECONDS, "milliseconds such as 100 or 12.5")
                        .map(Double::valueOf));
        Row earlier = rows.putIfAbsent(folded(of), made);
        if (earlier != null) {
            mistakes.add("row %d, column %s: %s is in row %d already".formatted(number, key, of, earlier.number()));
        }
    }

    /// One row by the names of its columns.
    private record Cells(int number, List<String> header, List<String> cells, List<String> mistakes) {

        Optional<String> cell(String column) {
            int at = header.indexOf(column);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(cells.get(at).strip()).filter(cell -> !cell.isEmpty());
        }

        Optional<String> checked(String column, Pattern pattern, String expected) {
            Optional<String> cell = cell(column);
            if (cell.isPresent() && !pattern.matcher(cell.get()).matches()) {
                mistakes.add(
                        "row %d, column %s: expected %s, found \"%s\"".formatted(number, column, expected, cell.get()));
                return Optional.empty();
            }
            return cell;
        }
    }

    /// Letter case does not matter in names of scans, nor whether accents are letters of their own.
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /// What the table says of a scan, whose name is as its file has it.
    Optional<Row> row(ScanName name) {
        return Optional.ofNullable(rows.get(folded(key.equals("file") ? name.file() : name.label())));
    }

    /// Rows of which none of `used` is one, as `row 3, column label: ...`.
    List<String> unused(Set<Row> used) {
        List<String> unused = new ArrayList<>();
        rows.forEach((of, row) -> {
            if (!used.contains(row)) {
                unused.add("row %d, column %s: no scan is %s".formatted(row.number(), key, of));
            }
        });
        return unused;
    }
}
