/// Where a range of elements lies in an array that is cut into chunks: arithmetic only, whoever stores the chunks.
@NullMarked
package io.cellferry.dataset.chunks;

import org.jspecify.annotations.NullMarked;
