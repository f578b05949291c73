/// The arithmetic of an export in the order that numpy performs it. Knows no file and no contract by name.
@NullMarked
package io.cellferry.cellucid.arithmetic;

import org.jspecify.annotations.NullMarked;
