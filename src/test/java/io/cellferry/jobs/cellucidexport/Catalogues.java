package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.Problem;
import java.util.List;

/// Catalogues of data sets that do not exist.
final class Catalogues {

    private Catalogues() {}

    static Catalogue with(List<TableInfo> tables, List<Problem> problems) {
        return new Catalogue("test", 5, List.of(), List.of(), List.of(), List.of(), tables, List.of(), problems);
    }
}
