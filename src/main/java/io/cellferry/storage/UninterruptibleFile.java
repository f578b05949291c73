package io.cellferry.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A file that several threads append to in turn.
///
/// Not a `FileChannel`: interrupting one thread in the middle of an append would close the channel under all of them.
final class UninterruptibleFile implements DiskFile {

    private final RandomAccessFile file;

    UninterruptibleFile(Path path, long keptBytes) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
        try {
            opened.setLength(keptBytes);
            opened.seek(keptBytes);
        } catch (IOException e) {
            closeAfter(e, opened);
            throw e;
        }
        file = opened;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (bytes.hasArray()) {
            file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            file.write(copy);
        }
    }

    @Override
    public void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static void closeAfter(IOException failure, RandomAccessFile opened) {
        try {
            opened.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
