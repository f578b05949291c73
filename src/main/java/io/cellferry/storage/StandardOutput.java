package io.cellferry.storage;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Standard output, or what stands for it, that remembers why something did not get through: a print stream over it
/// only goes on in silence, and a result that was redirected to a full disk would be lost with exit code 0.
///
/// A reader that has enough and closes its end (`| head -1`) is no failure.
public final class StandardOutput extends OutputStream {

    /// The C library's word for it, and the launcher sees to it that the words of the C library are these.
    private static final String READER_IS_GONE = "Broken pipe";

    private final OutputStream target;
    private volatile Optional<IOException> failure = Optional.empty();

    public StandardOutput(OutputStream target) {
        this.target = target;
    }

    public static StandardOutput ofThisProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    /// Why something that was written did not get through; the first reason of several.
    public Optional<IOException> failure() {
        return failure;
    }

    private interface Writing {
        void run() throws IOException;
    }

    @Override
    public void write(int one) throws IOException {
        remembering(() -> target.write(one));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        remembering(() -> target.write(bytes, from, count));
    }

    @Override
    public void flush() throws IOException {
        remembering(target::flush);
    }

    private void remembering(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            if (failure.isEmpty() && !READER_IS_GONE.equals(e.getMessage())) {
                failure = Optional.of(e);
            }
            throw e;
        }
    }
}
