package io.cellferry.dataset.parts;

import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.Problem;
import java.util.Optional;

/// A table of one row a cell, readable or with the reason why not.
public sealed interface StoredTable {

    TableInfo info();

    default Optional<Problem> obstacle() {
        return switch (this) {
            case Readable readable -> Optional.empty();
            case Unusable unusable -> Optional.of(unusable.why());
        };
    }

    record Readable(TableInfo info, TableRows rows) implements StoredTable {}

    /// `why` is a refusal for broken tables and a note for tables that are of another kind.
    record Unusable(TableInfo info, Problem why) implements StoredTable {}
}
