package io.cellferry.dataset.anndata;

import io.cellferry.dataset.CellDatasetContract;
import io.cellferry.dataset.Opened;
import java.nio.file.Path;

/// AnnData in HDF5 as written before 0.7 keeps the promises of the port.
class SixAnndataTest extends CellDatasetContract {

    @Override
    protected Path complete() {
        return Opened.oddPath("six.h5ad");
    }

    @Override
    protected Path cutOff() {
        return Opened.oddPath("cut.h5ad");
    }
}
