package io.cellferry.cellucid;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The decompressed bytes of one payload, front to back.
final class PayloadStream implements AutoCloseable {

    private final Path file;
    private final InputStream in;
    private final Optional<GzipDecoder> gzip;

    PayloadStream(Path file, boolean compressed) {
        this.file = file;
        try {
            this.in = Files.newInputStream(file);
            this.gzip = compressed ? Optional.of(opened()) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private GzipDecoder opened() throws IOException {
        try {
            return new GzipDecoder(in);
        } catch (IOException | MalformedPayload e) {
            in.close();
            throw e;
        }
    }

    /// Reads up to `count` bytes into the start of `into`; fewer only at the end of the payload, which has then been
    /// checked.
    int read(byte[] into, int count) {
        try {
            return gzip.isPresent() ? gzip.get().read(into, 0, count) : in.readNBytes(into, 0, count);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private StorageFailed unreadable(IOException cause) {
        return new StorageFailed(
                "%s cannot be read: %s".formatted(file, IoWords.of(cause)),
                "Check the disk and the permissions, then run the same command again.",
                cause);
    }

    @Override
    public void close() {
        gzip.ifPresent(GzipDecoder::close);
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
