package io.cellferry.image;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.StorageFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/// Opens image files of whatever kind.
public final class ImageFiles {

    private ImageFiles() {}

    /// Opens `input`, deciding by its content and not by its name. What no reader knows is refused. The caller closes
    /// the file.
    public static ImageFile open(Path input) {
        if (!Files.exists(input)) {
            throw new InputRefused("%s: there is no such file.".formatted(input), "Check the path.");
        }
        if (Files.isDirectory(input)) {
            throw new InputRefused(
                    "%s: expected an image file, found a folder.".formatted(input), "Give one of the files in it.");
        }
        if (!Files.isRegularFile(input)) {
            // Opening a pipe waits for whoever writes into it.
            throw new InputRefused(
                    "%s: expected an image file, found a pipe, a socket or a device.".formatted(input),
                    "Move it out of the folder.");
        }
        for (ImageFormat format : ServiceLoader.load(ImageFormat.class, ImageFiles.class.getClassLoader())) {
            Optional<ImageFile> opened = format.open(input);
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        throw new InputRefused(
                "%s: expected a TIFF or OME-TIFF file, which begins with II or MM and its version; found neither."
                        .formatted(input),
                "Check that it is the image itself, neither compressed nor cut off at the start.");
    }

    /// Opens `input`, which was opened before: that it is gone now is no property of the input but of the disk it lies
    /// on, and nobody may conclude from it that the input cannot be converted.
    public static ImageFile openAgain(Path input) {
        if (!Files.exists(input)) {
            throw gone(input);
        }
        return open(input);
    }

    /// What is told of a file that was there before.
    public static StorageFailed gone(Path input) {
        return new StorageFailed(
                "%s: the file was there before and is gone.".formatted(input),
                "Bring it back, or mount the disk or share that it lies on, then run the same command again.");
    }
}
