/// What bytes say that somebody stored as text, whoever keeps them.
@NullMarked
package io.cellferry.dataset.texts;

import org.jspecify.annotations.NullMarked;
