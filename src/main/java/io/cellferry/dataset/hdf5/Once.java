package io.cellferry.dataset.hdf5;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value made when first asked for and kept; a failure is not kept. Safe for several threads.
final class Once<T> {

    private final Supplier<T> maker;
    private volatile @Nullable T value;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = maker.get();
                    value = made;
                }
            }
        }
        return made;
    }
}
