package io.cellferry.image;

/// Reads regions of one plane. Used by one thread, which closes it; several readers of one file work side by side.
public interface PlaneReader extends AutoCloseable {

    Plane plane();

    /// The most memory this reader ever holds: tables, the last decoded blocks and the working memory of its decoder.
    /// Known at opening, never more than asked for.
    long readerBytes();

    /// Puts the pixels of `region` row by row into `into`, which the caller owns: the first row at `at`, each further
    /// row `rowBytes` later. Pixels are little-endian whatever the file's order, the form in which they are halved,
    /// compared and compressed without another pass. Pixels that the file does not store are zero.
    ///
    /// A damaged block is an [io.cellferry.failure.InputRefused] that names file, directory, block and offset; what
    /// `into` then holds is undefined.
    void read(PixelRegion region, byte[] into, int at, int rowBytes);

    @Override
    void close();
}
