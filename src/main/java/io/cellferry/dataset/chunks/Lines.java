package io.cellferry.dataset.chunks;

/// Elements of one chunk that belong to a range: `count` lines of `length` elements.
///
/// The first line begins at element `from` of the chunk, each further one `apart` elements later. In the range the
/// first begins at `place`, each further one `placesApart` later. Both distances are 0 when there is one line.
public record Lines(long from, int length, int count, long apart, int place, int placesApart) {

    /// Lines shorter than this are taken across: a loop of few turns costs more than its turns.
    private static final int SHORT = 8;

    public Lines {
        if (from < 0 || length < 1 || count < 1 || place < 0) {
            throw new IllegalArgumentException(
                    "%,d lines of %,d elements from element %,d at place %,d".formatted(count, length, from, place));
        }
        boolean single = count == 1;
        if (single != (apart == 0) || single != (placesApart == 0) || (!single && Math.min(apart, placesApart) < 1)) {
            throw new IllegalArgumentException(
                    "%,d lines, %,d elements apart, at places %,d apart".formatted(count, apart, placesApart));
        }
    }

    /// A single line.
    public static Lines one(long from, int length, int place) {
        return new Lines(from, length, 1, 0, place, 0);
    }

    /// `now` of these lines from number `first` on, as they lie in a copy of the chunk that begins with them.
    public Lines part(int first, int now) {
        return new Lines(0, length, now, now == 1 ? 0 : apart, place + first * placesApart, now == 1 ? 0 : placesApart);
    }

    /// Takes `count` elements, the first of them element `from` of the chunk, each further one `apart` elements later;
    /// in the range the first belongs to `place`, each further one `placesApart` later.
    @FunctionalInterface
    public interface Run {
        void take(int from, int apart, int count, int place, int placesApart);
    }

    /// Hands on all elements in few long runs: along the lines, or across them where they are short. The chunk is held,
    /// so its elements can be counted with an int.
    public void runs(Run run) {
        int first = Math.toIntExact(from);
        int step = (int) apart;
        if (length < SHORT && length < count) {
            for (int column = 0; column < length; column++) {
                run.take(first + column, step, count, place + column, placesApart);
            }
        } else {
            for (int line = 0; line < count; line++) {
                run.take(first + line * step, 1, length, place + line * placesApart, 1);
            }
        }
    }
}
