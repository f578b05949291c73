package io.cellferry.image.ometiff;

import java.io.EOFException;
import javax.imageio.stream.ImageInputStreamImpl;

/// Bytes in memory whose end is an exception.
///
/// The JPEG 2000 library does not look whether a read came back with -1 and takes it for eight set bits, of which it
/// counts as many as it finds: where data end within a packet header, it would never stop.
final class EndingStream extends ImageInputStreamImpl {

    private final byte[] bytes;

    EndingStream(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws EOFException {
        refuseEnd();
        bitOffset = 0;
        return bytes[(int) streamPos++] & 255;
    }

    @Override
    public int read(byte[] into, int at, int count) throws EOFException {
        refuseEnd();
        bitOffset = 0;
        int taken = (int) Math.min(count, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, into, at, taken);
        streamPos += taken;
        return taken;
    }

    private void refuseEnd() throws EOFException {
        if (streamPos >= bytes.length) {
            throw new EOFException("data end after %,d bytes".formatted(bytes.length));
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
