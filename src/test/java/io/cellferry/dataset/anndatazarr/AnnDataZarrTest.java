package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.CellDatasetContract;
import io.cellferry.dataset.Opened;
import java.nio.file.Path;

/// AnnData in Zarr keeps the promises of the port; written by anndata itself (`make_zarr_twins.py`).
class AnnDataZarrTest extends CellDatasetContract {

    @Override
    protected Path complete() {
        return Opened.oddPath("modern.zarr.zip");
    }

    @Override
    protected Path cutOff() {
        return Opened.oddPath("cut.zarr.zip");
    }
}
