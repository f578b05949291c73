package io.cellferry.jobs.cellucidexport;

import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.nio.ByteBuffer;

/// A unit that is never written: it only counts what a writer would write.
final class CountingUnit implements UnitWriter {

    private long bytes;

    @Override
    public StagedFile output(String relativePath) {
        return new CountedFile();
    }

    @Override
    public StagedFile scratch(String relativePath) {
        return new CountedFile();
    }

    @Override
    public void commit() {
        throw new IllegalStateException("a counted unit cannot be committed");
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {}

    private final class CountedFile implements StagedFile {
        private long size;

        @Override
        public void write(ByteBuffer some) {
            count(some.remaining());
            some.position(some.limit());
        }

        @Override
        public void write(byte[] some, int from, int count) {
            count(count);
        }

        private void count(int more) {
            size += more;
            bytes += more;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
