package io.cellferry.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a unit's files straight into two folders; what was not finished is deleted. A test's stand-in for storage.
public final class PlainUnit implements UnitWriter {

    private final Path output;
    private final Path scratch;
    private final List<PlainStaged> files = new ArrayList<>();

    public PlainUnit(Path output, Path scratch) {
        this.output = output;
        this.scratch = scratch;
    }

    @Override
    public StagedFile output(String relativePath) {
        return file(output.resolve(relativePath));
    }

    @Override
    public StagedFile scratch(String relativePath) {
        return file(scratch.resolve(relativePath));
    }

    private StagedFile file(Path path) {
        PlainStaged file = new PlainStaged(path);
        files.add(file);
        return file;
    }

    @Override
    public void commit() {}

    @Override
    public long bytes() {
        return files.stream().mapToLong(StagedFile::size).sum();
    }

    @Override
    public void close() {}

    private static final class PlainStaged implements StagedFile {

        private final Path path;
        private final OutputStream out;
        private long size;
        private boolean finished;

        PlainStaged(Path path) {
            this.path = path;
            try {
                Files.createDirectories(path.getParent());
                this.out = Files.newOutputStream(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            write(copy, 0, copy.length);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            size += count;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void close() {
            try {
                out.close();
                if (!finished) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
