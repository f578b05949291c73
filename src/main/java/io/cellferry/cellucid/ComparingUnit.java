package io.cellferry.cellucid;

import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// A unit that writes nothing: what would be written is compared with the file that is there.
///
/// Writers used with it do not compress; the existing payloads are decompressed on the way. So what counts are the
/// numbers, not the version of zlib.
final class ComparingUnit implements UnitWriter {

    private final Path folder;
    private final boolean compressed;
    private final Findings findings;

    ComparingUnit(Path folder, boolean compressed, Findings findings) {
        this.folder = folder;
        this.compressed = compressed;
        this.findings = findings;
    }

    @Override
    public StagedFile output(String relativePath) {
        String path = compressed ? relativePath + ".gz" : relativePath;
        if (!Files.isRegularFile(folder.resolve(path))) {
            findings.add("cellucid.source.missing", path, "The source has data for this file, and it is not there.");
            return new ComparedFile(path, Optional.empty());
        }
        try {
            return new ComparedFile(path, Optional.of(new PayloadStream(folder.resolve(path), compressed)));
        } catch (MalformedPayload e) {
            findings.add("cellucid.payload.gzip", path, "Expected one gzip member, but " + e.getMessage() + ".");
            return new ComparedFile(path, Optional.empty());
        }
    }

    @Override
    public StagedFile scratch(String relativePath) {
        throw new UnsupportedOperationException("a comparison keeps no scratch files");
    }

    @Override
    public void commit() {}

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {}

    private final class ComparedFile implements StagedFile {
        private final String path;
        private final Optional<PayloadStream> actual;
        private byte[] buffer = new byte[1 << 16];
        private long size;
        private boolean settled;

        ComparedFile(String path, Optional<PayloadStream> actual) {
            this.path = path;
            this.actual = actual;
            this.settled = actual.isEmpty();
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            write(copy, 0, copy.length);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            if (!settled) {
                if (buffer.length < count) {
                    buffer = new byte[count];
                }
                int got = read(count);
                int differs = Arrays.mismatch(bytes, from, from + count, buffer, 0, got);
                if (differs >= 0 && !settled) {
                    settle("From byte %,d on (decompressed) it is not what the source gives."
                            .formatted(size + differs));
                }
            }
            size += count;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void finish() {
            if (!settled && read(1) > 0) {
                settle("It is longer than the %,d bytes the source gives.".formatted(size));
            }
        }

        private int read(int count) {
            try {
                return actual.orElseThrow().read(buffer, count);
            } catch (MalformedPayload e) {
                settle("It cannot be decompressed: " + e.getMessage() + ".");
                return 0;
            }
        }

        private void settle(String found) {
            settled = true;
            findings.add("cellucid.source.differs", path, found);
        }

        @Override
        public void close() {
            actual.ifPresent(PayloadStream::close);
        }
    }
}
