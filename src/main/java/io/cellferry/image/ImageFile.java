package io.cellferry.image;

import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An image file open for reading. Safe for several threads, each with plane readers of its own.
public interface ImageFile extends AutoCloseable {

    Path path();

    /// All readable planes in the order of the file. Constant. What cannot be read stands in [#problems()].
    List<Plane> planes();

    /// The text the file describes itself with, as it is: OME-XML in an OME-TIFF.
    Optional<String> description();

    /// Everything about the file that cannot be read or may surprise, found by its headers alone.
    List<Problem> problems();

    /// What is wrong with plane number `plane` going by where its pixels are said to lie, without reading one: parts
    /// beyond the end of a file that was cut off, parts that are not stored.
    List<Problem> problems(int plane);

    /// What a reader of plane number `plane` takes that keeps `keptBlocks` decoded blocks, or all there are.
    long readerBytes(int plane, int keptBlocks);

    /// A reader of plane number `plane` that keeps as many decoded blocks as `mostBytes` allow. A plane whose blocks
    /// are too large to decode even one within them is refused, saying how much it takes.
    PlaneReader reader(int plane, long mostBytes);

    @Override
    void close();
}
