package io.cellferry.jobs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The working memory of a step's workers, passed on from partition to partition: making it anew for each would cost
/// more than the work.
///
/// There are never more desks than workers held a lease for at the same time. The step after must not find them:
/// [#clear] belongs to its beginning.
public final class Desks<T> {

    private final Supplier<T> maker;
    private final Deque<T> free = new ArrayDeque<>();

    public Desks(Supplier<T> maker) {
        this.maker = maker;
    }

    /// Does `work` at a desk nobody else uses. One at which work failed is not used again.
    public void use(Consumer<T> work) {
        T desk = borrow();
        work.accept(desk);
        synchronized (free) {
            free.push(desk);
        }
    }

    private T borrow() {
        synchronized (free) {
            if (!free.isEmpty()) {
                return free.pop();
            }
        }
        return maker.get();
    }

    /// Lets go of all desks.
    public void clear() {
        synchronized (free) {
            free.clear();
        }
    }
}
