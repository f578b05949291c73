package io.cellferry.jobs.cellucidexport;

import java.util.ArrayList;
import java.util.List;

/// Names given with commas between them, several times or once. A name that itself contains commas is taken whole
/// when it is known.
final class CommaList {

    private CommaList() {}

    static List<String> of(List<String> said, List<String> known) {
        List<String> names = new ArrayList<>();
        for (String one : said) {
            if (known.contains(one)) {
                names.add(one);
            } else {
                for (String name : one.split(",")) {
                    if (!name.isBlank()) {
                        names.add(name.strip());
                    }
                }
            }
        }
        return names;
    }
}
