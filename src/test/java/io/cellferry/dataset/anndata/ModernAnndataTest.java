package io.cellferry.dataset.anndata;

import io.cellferry.dataset.CellDatasetContract;
import io.cellferry.dataset.Opened;
import java.nio.file.Path;

/// AnnData in HDF5 as written since 0.8 keeps the promises of the port.
class ModernAnndataTest extends CellDatasetContract {

    @Override
    protected Path complete() {
        return Opened.oddPath("modern.h5ad");
    }

    @Override
    protected Path cutOff() {
        return Opened.oddPath("cut.h5ad");
    }
}
