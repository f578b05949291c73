package io.cellferry.cellucid;

import io.cellferry.codec.RunGzip;
import io.cellferry.storage.GzipMember;
import io.cellferry.storage.StagedFile;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// Writes the bytes of whole genes: plain, or as one gzip member.
///
/// Most cells do not have most genes, so up to level 8 the member is written run by run where this takes no more room
/// ([RunGzip]); level 9 searches for matches everywhere, which takes a hundred times longer. One thread; holds some 2
/// MiB.
final class GenePayload implements AutoCloseable {

    private static final int SMALLEST_LEVEL = 9;
    private static final int PIECE_BYTES = 1 << 18;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Optional<RunGzip> runs;
    private final Optional<GzipMember> smallest;
    private final byte[] out;

    GenePayload(OptionalInt gzipLevel) {
        boolean small = gzipLevel.isPresent() && gzipLevel.getAsInt() == SMALLEST_LEVEL;
        this.runs = gzipLevel.isPresent() && !small ? Optional.of(new RunGzip(gzipLevel.getAsInt())) : Optional.empty();
        this.smallest = small
                ? Optional.of(new GzipMember(SMALLEST_LEVEL, ByteBuffer.allocate(BUFFER_BYTES)))
                : Optional.empty();
        this.out = new byte[runs.isPresent() ? RunGzip.mostBytes(PIECE_BYTES) : 0];
    }

    /// Writes `bytes[0, count)` as all of `file` and says that it is complete.
    void write(byte[] bytes, int count, StagedFile file) {
        if (runs.isPresent()) {
            RunGzip gzip = runs.get();
            int begun = gzip.begin(out);
            file.write(out, 0, begun);
            for (int at = 0; at < count; at += PIECE_BYTES) {
                file.write(out, 0, gzip.add(bytes, at, Math.min(PIECE_BYTES, count - at), out));
            }
            file.write(out, 0, gzip.end(out));
        } else if (smallest.isPresent()) {
            smallest.get().writeWhole(ByteBuffer.wrap(bytes, 0, count), file::write);
        } else {
            file.write(bytes, 0, count);
        }
        file.finish();
    }

    @Override
    public void close() {
        runs.ifPresent(RunGzip::close);
        smallest.ifPresent(GzipMember::close);
    }
}
