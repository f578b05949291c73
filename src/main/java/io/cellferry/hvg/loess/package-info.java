/// Local regression of one variable on another. Knows nothing of genes.
@NullMarked
package io.cellferry.hvg.loess;

import org.jspecify.annotations.NullMarked;
