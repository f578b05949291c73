package io.cellferry.dataset.matrices;

import io.cellferry.dataset.Shapes;
import io.cellferry.dataset.tree.ReadAhead;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.Problem;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says of an array what makes reading it slow: chunks so tall that rows in order decode each many times, although
/// [ReadAhead] holds as many rows as it may.
public final class SlowReading {

    /// About a minute of one processor at 400 MB/s: less is not worth a word.
    private static final long MOST_BYTES_AGAIN = 24L << 30;

    /// Chunks of a few megabytes are decoded quickly and read in any order.
    private static final long ADVISED_BYTES = 4L << 20;

    private SlowReading() {}

    /// Of the table or matrix at `path`; empty where reading it is not slow.
    public static Optional<Problem> of(String path, TreeArray array) {
        return array.ahead()
                .filter(ahead -> bytesAgain(array, ahead) > MOST_BYTES_AGAIN)
                .map(ahead -> Problem.warning(
                        "input.chunks.tall",
                        path,
                        "is stored in chunks of %s: to read it row by row once, each is decoded %,d times, which takes long."
                                .formatted(Shapes.inWords(array.chunkShape().orElseThrow()), ahead.decodings()),
                        "It works nevertheless. To save the time, store it in chunks of whole rows first; in an HDF5"
                                + " file: h5repack -l %s:CHUNK=%s OLD NEW".formatted(path, advised(array))));
    }

    private static double bytesAgain(TreeArray array, ReadAhead ahead) {
        return (double) (ahead.decodings() - 1)
                * array.count()
                * array.valueType().bytes();
    }

    private static String advised(TreeArray array) {
        long[] extents = array.shape();
        long rowBytes = array.valueType().bytes();
        for (int dimension = 1; dimension < extents.length; dimension++) {
            rowBytes *= extents[dimension];
        }
        extents[0] = Math.clamp(ADVISED_BYTES / rowBytes, 1, extents[0]);
        return Arrays.stream(extents).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
