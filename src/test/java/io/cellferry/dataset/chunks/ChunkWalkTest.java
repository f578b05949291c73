package io.cellferry.dataset.chunks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every element of a range is found once, in its chunk, at its place there; in few pieces.
class ChunkWalkTest {

    @Test
    void aColumnOfAChunkIsOnePiece() {
        ChunkWalk walk = new ChunkWalk(new long[] {1000, 3}, new long[] {400, 1});

        assertThat(pieces(walk, 30, 300))
                .containsExactly(
                        "0: Lines[from=10, length=1, count=100, apart=1, place=0, placesApart=3]",
                        "1: Lines[from=10, length=1, count=100, apart=1, place=1, placesApart=3]",
                        "2: Lines[from=10, length=1, count=100, apart=1, place=2, placesApart=3]");
    }

    @Test
    void chunksAsWideAsTheArrayAreOneLine() {
        ChunkWalk walk = new ChunkWalk(new long[] {10, 2, 3}, new long[] {4, 2, 3});

        assertThat(pieces(walk, 7, 20))
                .containsExactly(
                        "0: Lines[from=7, length=17, count=1, apart=0, place=0, placesApart=0]",
                        "1: Lines[from=0, length=3, count=1, apart=0, place=17, placesApart=0]");
        assertThat(walk.chunks(7, 20)).isEqualTo(2);
    }

    @Test
    void linesThatTheRangeCutsComeByThemselves() {
        ChunkWalk walk = new ChunkWalk(new long[] {8, 5}, new long[] {8, 3});

        assertThat(pieces(walk, 1, 22))
                .containsExactly(
                        "0: Lines[from=1, length=2, count=1, apart=0, place=0, placesApart=0]",
                        "0: Lines[from=3, length=3, count=4, apart=3, place=4, placesApart=5]",
                        "1: Lines[from=0, length=2, count=4, apart=3, place=2, placesApart=5]");
    }

    @Test
    void aSingleValueHasOneChunk() {
        assertThat(pieces(new ChunkWalk(new long[0], new long[0]), 0, 1))
                .containsExactly("0: Lines[from=0, length=1, count=1, apart=0, place=0, placesApart=0]");
    }

    @Test
    void nothingIsAskedForNothing() {
        assertThat(pieces(new ChunkWalk(new long[] {0, 4}, new long[] {2, 2}), 0, 0))
                .isEmpty();
        assertThatThrownBy(() -> new ChunkWalk(new long[] {3}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyElementIsFoundOnceWhateverTheShape() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int turn = 0; turn < 3000; turn++) {
            int rank = 1 + random.nextInt(4);
            long[] shape = random.longs(rank, 1, 8).toArray();
            long[] chunk = random.longs(rank, 1, 9).toArray();
            int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            int from = random.nextInt(count);
            int elements = 1 + random.nextInt(count - from);
            String what = "%s in chunks of %s, [%d, +%d), seed %d"
                    .formatted(Arrays.toString(shape), Arrays.toString(chunk), from, elements, seed);

            long[][] expected = new long[elements][];
            for (int place = 0; place < elements; place++) {
                expected[place] = whereabouts(shape, chunk, from + place);
            }
            long[][] found = new long[elements][];
            Set<Long> touched = new HashSet<>();
            ChunkWalk walk = new ChunkWalk(shape, chunk);
            walk.visit(from, elements, (number, lines) -> {
                touched.add(number);
                lines.runs((first, apart, length, place, placesApart) -> {
                    for (int i = 0; i < length; i++) {
                        assertThat(found[place + i * placesApart]).as(what).isNull();
                        found[place + i * placesApart] = new long[] {number, first + (long) i * apart};
                    }
                });
            });

            assertThat(found).as(what).isDeepEqualTo(expected);
            assertThat(walk.chunks(from, elements)).as(what).isGreaterThanOrEqualTo(touched.size());
        }
    }

    @Test
    void partsOfLinesAreTheLines() {
        Lines lines = new Lines(40, 2, 5, 7, 3, 9);

        assertThat(lines.part(1, 3)).isEqualTo(new Lines(0, 2, 3, 7, 12, 9));
        assertThat(lines.part(4, 1)).isEqualTo(Lines.one(0, 2, 39));
    }

    @Test
    void linesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Lines(0, 0, 1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Lines(0, 1, 1, 4, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Lines(0, 1, 2, 4, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Number of the chunk and place in it, counted the long way.
    private static long[] whereabouts(long[] shape, long[] chunk, long element) {
        long rest = element;
        long number = 0;
        long inChunk = 0;
        long chunks = 1;
        long inner = 1;
        for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
            long at = rest % shape[dimension];
            rest /= shape[dimension];
            number += at / chunk[dimension] * chunks;
            inChunk += at % chunk[dimension] * inner;
            chunks *= Math.ceilDiv(shape[dimension], chunk[dimension]);
            inner *= chunk[dimension];
        }
        return new long[] {number, inChunk};
    }

    private static List<String> pieces(ChunkWalk walk, long from, int count) {
        List<String> pieces = new ArrayList<>();
        walk.visit(from, count, (chunk, lines) -> pieces.add(chunk + ": " + lines));
        return pieces;
    }
}
