package io.cellferry.launch.http.exports;

import java.nio.file.Path;
import java.util.Optional;

/// What the address of a request names.
sealed interface Address {

    /// A file of a finished output; `path` is empty when the output is one file.
    record OutputFile(Path output, String path) implements Address {}

    /// What the Cellucid web app asks of a data source. Its data sets are those in `folder`, or of all published
    /// folders.
    record Source(Question question, Optional<Path> folder) implements Address {}

    enum Question {
        HEALTH,
        INFO,
        DATASETS,
        /// `datasets.json`, as static hosting has it.
        CATALOGUE
    }

    record Nothing() implements Address {}
}
