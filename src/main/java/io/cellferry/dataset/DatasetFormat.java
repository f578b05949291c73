package io.cellferry.dataset;

import java.nio.file.Path;
import java.util.Optional;

/// One kind of input. Implementations are named in `META-INF/services`, so that a reader can be added without anybody
/// importing it.
public interface DatasetFormat {

    /// Whether inputs of this kind may hold several data sets.
    default boolean holdsSeveral() {
        return false;
    }

    /// Opens `input` if it is of this kind; empty when another format may know it. An input that is of this kind but
    /// cannot be read is refused with an [io.cellferry.failure.InputRefused]. `choice` says which part; only who
    /// [#holdsSeveral] is told.
    Optional<CellDataset> open(Path input, DatasetChoice choice);
}
