package io.cellferry.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A log of lines that never grows beyond its bound: the file `NAME`, and before it `NAME.1` (newer) to `NAME.n`.
///
/// A line is with the system when [#append] returns, so it survives the death of this process; a power cut may take the
/// last seconds of it. Lines are never changed; the oldest file goes when a new one is begun.
public final class BoundedLog implements AutoCloseable {

    private final RefusingDisk disk;
    private final Path file;
    private final long mostBytes;
    private final int keptFiles;
    private RefusingDisk.OpenFile open;
    private long bytes;

    BoundedLog(RefusingDisk disk, Path file, long mostBytes, int keptFiles) {
        if (mostBytes < 1 || keptFiles < 1) {
            throw new IllegalArgumentException(
                    "a log of %d files of %d bytes holds nothing".formatted(keptFiles, mostBytes));
        }
        this.disk = disk;
        this.file = file;
        this.mostBytes = mostBytes;
        this.keptFiles = keptFiles;
        this.bytes = disk.size(file).orElse(0);
        this.open = disk.append(file, bytes);
    }

    /// `line` must not hold a line break: whoever could smuggle one in could forge entries.
    public synchronized void append(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("an entry of %s must be one line".formatted(file));
        }
        byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes > 0 && bytes + encoded.length > mostBytes) {
            turn();
        }
        open.write(ByteBuffer.wrap(encoded));
        bytes += encoded.length;
    }

    private void turn() {
        open.force();
        open.close();
        disk.delete(older(keptFiles - 1));
        for (int age = keptFiles - 2; age >= 0; age--) {
            if (disk.size(older(age)).isPresent()) {
                disk.rename(older(age), older(age + 1));
            }
        }
        open = disk.append(file, 0);
        bytes = 0;
        disk.forceFolder(RefusingDisk.folderOf(file));
    }

    private Path older(int age) {
        return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
    }

    @Override
    public synchronized void close() {
        open.force();
        open.close();
    }
}
