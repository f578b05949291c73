package io.cellferry.storage;

import io.cellferry.storage.JournalRecord.UnitFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of a unit under its temporary name. What will be published is hashed as it is written. Scratch files are
/// not: only the run that wrote them reads them, nobody compares hashes of them, and there may be as many bytes of
/// them as of the output.
final class TemporaryFile implements StagedFile {

    private final RefusingDisk disk;
    private final Area area;
    private final String relativePath;
    private final Path path;
    private final boolean forcedAlone;
    private final Optional<MessageDigest> digest;
    private RefusingDisk.@Nullable OpenFile open;
    private @Nullable UnitFile finished;
    private boolean present = true;
    private boolean named;
    private long bytes;

    TemporaryFile(RefusingDisk disk, Area area, String relativePath, Path path, boolean forcedAlone) {
        this.disk = disk;
        this.area = area;
        this.relativePath = relativePath;
        this.path = path;
        this.forcedAlone = forcedAlone;
        this.digest = area == Area.OUTPUT ? Optional.of(Sha256.start()) : Optional.empty();
        this.open = disk.create(RelativePath.temporary(path));
    }

    @Override
    public void write(ByteBuffer content) {
        RefusingDisk.OpenFile file = requireOpen();
        int count = content.remaining();
        digest.ifPresent(hash -> hash.update(content.duplicate()));
        file.write(content);
        bytes += count;
    }

    @Override
    public void write(byte[] content, int from, int count) {
        write(ByteBuffer.wrap(content, from, count));
    }

    @Override
    public long size() {
        return bytes;
    }

    @Override
    public void finish() {
        RefusingDisk.OpenFile file = requireOpen();
        if (forcedAlone) {
            file.force();
        }
        open = null;
        file.close();
        finished = new UnitFile(area, relativePath, bytes, digest.map(Sha256::hex));
    }

    @Override
    public void close() {
        if (finished == null) {
            remove();
        }
    }

    /// Gives the finished file its name.
    void giveName() {
        disk.rename(RelativePath.temporary(path), path);
        named = true;
    }

    /// Deletes the file under whatever name it has; harmless when repeated.
    void remove() {
        RefusingDisk.OpenFile file = open;
        open = null;
        if (file != null) {
            try (file) {
                disk.delete(RelativePath.temporary(path));
            }
        } else if (present) {
            disk.delete(named ? path : RelativePath.temporary(path));
        }
        present = false;
    }

    boolean isPresent() {
        return present;
    }

    /// What the journal says about it; refuses a file that nobody called finished.
    UnitFile finished() {
        if (finished == null) {
            throw new IllegalStateException(relativePath + " is still being written");
        }
        return finished;
    }

    Path folder() {
        return RefusingDisk.folderOf(path);
    }

    private RefusingDisk.OpenFile requireOpen() {
        if (open == null) {
            throw new IllegalStateException(relativePath + " is finished or closed");
        }
        return open;
    }
}
