package io.cellferry.dataset.parts;

import io.cellferry.dataset.TableInfo;
import io.cellferry.failure.Problem;
import java.util.Optional;

/// A table of one row a cell, readable or with the reason why not.
public sealed interface StoredTable {

    TableInfo info();

    /// What there is to say of it.
    default Optional<Problem> problem() {
        return switch (this) {
            case Readable readable -> readable.slow();
            case Unusable unusable -> Optional.of(unusable.why());
        };
    }

    /// `slow` says why reading it takes long, where it does.
    record Readable(TableInfo info, TableRows rows, Optional<Problem> slow) implements StoredTable {}

    /// `why` is a refusal for broken tables and a note for tables that are of another kind.
    record Unusable(TableInfo info, Problem why) implements StoredTable {}
}
