package io.cellferry.dataset.hdf5;

/// A group or a data set of an open file.
public sealed interface Hdf5Node permits Hdf5Group, Hdf5Dataset {

    /// Where it was found, from the root: `/obs/cell_type`. Objects reached by a reference have no path of their own
    /// and say how they were reached.
    String path();

    Hdf5Attributes attributes();
}
