/// TileDB-SOMA experiments, seen as the same kind of data set: `X`, `layers`, `obs`, `var`, `obsm`, `obsp` and the
/// rest in AnnData's words.
///
/// One measurement is the data set: the only one, or the one whose folder was named (`EXPERIMENT/ms/NAME`), else
/// `RNA`, else the first. Its layer is `X` when there is one only or when it is called `data`, as tiledbsoma's own
/// conversion has it; other layers are `layers/NAME`. Matrices of further measurements are listed as
/// `ms/NAME/X/LAYER` with genes of their own.
@NullMarked
package io.cellferry.dataset.soma;

import org.jspecify.annotations.NullMarked;
