package io.cellferry.genemajor;

import io.cellferry.dataset.TextArray;
import io.cellferry.zarr.ArrayLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// How much room the texts of a field need, where the input does not say it: rows of a store all have the same length,
/// so the longest text has to be known before the first row is written.
public interface RowSizes {

    /// Texts that are looked at together.
    int SLICE = 4096;

    /// For field `number` of the rows at `path`, whose values are `texts`.
    int room(String path, int number, TextArray texts);

    /// Reads every text, a few at once. What is counted are bytes of UTF-8, as anndata does: never less than there are
    /// characters. A field of empty texts has room for one character, because no type has none.
    static RowSizes measured() {
        return (path, number, texts) -> {
            int longest = 1;
            for (long from = 0; from < texts.count(); from += SLICE) {
                int count = (int) Math.min(SLICE, texts.count() - from);
                for (String text : texts.read(from, count)) {
                    longest = Math.max(longest, text.getBytes(StandardCharsets.UTF_8).length);
                }
            }
            return longest;
        };
    }

    /// As a plan has it that was made before.
    static RowSizes planned(Function<String, Optional<ArrayLayout>> layouts) {
        return (path, number, texts) -> layouts.apply(path)
                .map(layout -> layout.fields().get(number).characters())
                .orElse(1);
    }

    /// For those who want to know what could be carried, and not how.
    static RowSizes unknown() {
        return (path, number, texts) -> 1;
    }
}
