package io.cellferry.image.ometiff;

import org.jspecify.annotations.Nullable;

/// The blocks a reader used last, decoded. Owns as many buffers as it was told, each made when first needed.
///
/// Strips are few rows high: as long as all strips of a band are kept, the next region of the band decodes nothing.
final class DecodedBlocks {

    private static final int NOTHING = -1;

    private final Block[] kept;
    private long turn;

    DecodedBlocks(int most, int blockBytes) {
        kept = new Block[most];
        for (int slot = 0; slot < most; slot++) {
            kept[slot] = new Block(this, blockBytes);
        }
    }

    /// A decoded block; null if it is not kept.
    @Nullable
    Block find(int block) {
        for (Block candidate : kept) {
            if (candidate.number == block) {
                candidate.used = ++turn;
                return candidate;
            }
        }
        return null;
    }

    /// The one not used for longest, emptied: its content is forgotten even if decoding into it fails.
    Block oldest() {
        Block oldest = kept[0];
        for (Block candidate : kept) {
            if (candidate.used < oldest.used) {
                oldest = candidate;
            }
        }
        oldest.number = NOTHING;
        return oldest;
    }

    /// One buffer and what is in it.
    static final class Block {

        private final DecodedBlocks owner;
        private final int bytes;
        private byte[] pixels = new byte[0];
        private int number = NOTHING;
        private boolean stored;
        private long used;

        private Block(DecodedBlocks owner, int bytes) {
            this.owner = owner;
            this.bytes = bytes;
        }

        byte[] pixels() {
            if (pixels.length == 0) {
                pixels = new byte[bytes];
            }
            return pixels;
        }

        /// Whether the file stores the block; if not, it is all zeros and `pixels` mean nothing.
        boolean isStored() {
            return stored;
        }

        void hold(int block, boolean isStored) {
            number = block;
            stored = isStored;
            used = ++owner.turn;
        }
    }
}
