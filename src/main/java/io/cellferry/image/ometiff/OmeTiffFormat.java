package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Everything that begins like a TIFF or BigTIFF; whether there is OME-XML inside is for the caller to see.
public final class OmeTiffFormat implements ImageFormat {

    @Override
    public Optional<ImageFile> open(Path input) {
        TiffBytes bytes = bytes(input);
        Optional<ImageFile> opened = Optional.empty();
        try {
            opened = TiffHeader.read(bytes).map(header -> file(bytes, header));
            return opened;
        } catch (Malformed e) {
            throw new InputRefused("%s: %s.".formatted(input, e.found()), OmeTiffFile.COPY_AGAIN, e);
        } finally {
            if (opened.isEmpty()) {
                bytes.close();
            }
        }
    }

    private static ImageFile file(TiffBytes bytes, TiffHeader header) {
        Planes planes = new Planes(bytes);
        DirectoryChain.walk(bytes, header, planes::visit);
        return planes.file();
    }

    private static TiffBytes bytes(Path input) {
        try {
            return new TiffBytes(input);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: could not be opened: %s".formatted(input, IoWords.of(e)),
                    "Check the permissions and the disk, then run the same command again.",
                    e);
        }
    }
}
