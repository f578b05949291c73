package io.cellferry.storage;

import io.cellferry.storage.OutputManifest.FileEntry;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// What became of the wish to read one file of a finished output.
public sealed interface PublishedFile {

    /// The manifest lists no such file, or there is no finished output.
    record Missing() implements PublishedFile {}

    /// The manifest lists it, but what lies there is another file, a link or nothing. Not [Missing]: to readers of
    /// Zarr a missing chunk means zeros.
    record Changed() implements PublishedFile {}

    /// As published, and open: whatever takes its name from now on, these bytes stay. Whoever asked for it closes it.
    final class Opened implements PublishedFile, AutoCloseable {
        private final RefusingDisk disk = new RefusingDisk(new RealDisk());
        private final FileEntry entry;
        private final Path path;
        private final FileChannel channel;

        Opened(FileEntry entry, Path path, FileChannel channel) {
            this.entry = entry;
            this.path = path;
            this.channel = channel;
        }

        public FileEntry entry() {
            return entry;
        }

        /// Reads on from the byte `position` into `buffer`; how many bytes, -1 at the end.
        public int read(ByteBuffer buffer, long position) {
            return disk.get("reading it", path, 0, () -> channel.read(buffer, position));
        }

        @Override
        public void close() {
            disk.run("closing it", path, 0, channel::close);
        }
    }
}
