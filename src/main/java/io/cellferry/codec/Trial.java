package io.cellferry.codec;

/// Tries ways of writing a piece on its beginning. What is found holds for the next pieces of the member too, because
/// trying includes a search and takes as long as one.
///
/// Memory: 37 KiB.
final class Trial {

    /// An eighth of a piece is tried, within these bounds.
    private static final int SHARE = 8;

    private static final int LEAST = 1 << 12;
    private static final int MOST = 1 << 15;
    private static final int PIECES = 8;
    private static final int TOLERATED_PERCENT = 103;

    private final BitSink bits = new BitSink();
    private final byte[] room = new byte[GzipFrame.BYTES + RunBlock.mostBytes(MOST)];
    /// How many more pieces the last trial decides about.
    private int decided;

    /// A member begins: nothing is known of it.
    void begin() {
        decided = 0;
    }

    /// Whether the next piece has to be tried. Asked once a piece.
    boolean due() {
        if (decided > 0) {
            decided--;
            return false;
        }
        decided = PIECES - 1;
        return true;
    }

    /// How much of a piece of `count` bytes is to be tried.
    static int part(int count) {
        return Math.min(count, Math.clamp(count / SHARE, LEAST, MOST));
    }

    /// The most bytes that a way may take which saves time, where a search takes `searched`.
    static int tolerated(int searched) {
        return searched * TOLERATED_PERCENT / 100;
    }

    /// Where the next way writes to, at the start of [#room()].
    BitSink sink() {
        bits.reset();
        bits.into(room, 0);
        return bits;
    }

    byte[] room() {
        return room;
    }

    /// The bytes that the last way took.
    int bytes() {
        return bits.position();
    }
}
