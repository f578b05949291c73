package io.cellferry.image;

import java.nio.file.Path;
import java.util.Optional;

/// One kind of image file. Implementations are named in `META-INF/services`, so that a reader can be added without
/// anybody importing it.
public interface ImageFormat {

    /// Opens `input` if it is of this kind; empty when another format may know it. An input that is of this kind but
    /// cannot be read is refused with an [io.cellferry.failure.InputRefused].
    Optional<ImageFile> open(Path input);
}
