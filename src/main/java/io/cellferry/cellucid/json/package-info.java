/// JSON as Python's `json` module writes it, and strict reading of it. Knows nothing of Cellucid.
@NullMarked
package io.cellferry.cellucid.json;

import org.jspecify.annotations.NullMarked;
