package io.cellferry.cellucid;

import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a unit's files straight into a folder; what was not finished is deleted. A test's stand-in for storage.
public final class FolderUnit implements UnitWriter {

    private final Path folder;
    private final List<FolderFile> files = new ArrayList<>();

    public FolderUnit(Path folder) {
        this.folder = folder;
    }

    @Override
    public StagedFile output(String relativePath) {
        FolderFile file = new FolderFile(folder.resolve(relativePath));
        files.add(file);
        return file;
    }

    @Override
    public StagedFile scratch(String relativePath) {
        throw new IllegalStateException("exports write no scratch files of their own");
    }

    @Override
    public void commit() {}

    @Override
    public long bytes() {
        return files.stream().mapToLong(StagedFile::size).sum();
    }

    @Override
    public void close() {}

    private static final class FolderFile implements StagedFile {
        private final Path path;
        private final OutputStream out;
        private long size;
        private boolean finished;

        FolderFile(Path path) {
            this.path = path;
            try {
                Files.createDirectories(path.getParent());
                this.out = new BufferedOutputStream(Files.newOutputStream(path));
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
