package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// The boundary between the bytes of a file and everybody else: names file and path in whatever goes wrong inside.
final class Guard {

    static final String COPY_AGAIN = "The file looks damaged. Copy it again and compare its size and checksum with the"
            + " original, or write it again.";

    private Guard() {}

    /// Runs `reading`, which touches only the file.
    ///
    /// jHDF's parsers, given damaged bytes, throw bare runtime exceptions of many kinds, recurse until the stack
    /// ends and allocate what a damaged length says; none of these may pass as a defect of ours or end the process,
    /// so here alone they are all caught. A failed read of the disk is no fault of the input and stays apart.
    static <T> T reading(Path file, String where, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Refusal e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw new StorageFailed(
                    "%s: %s could not be read: %s".formatted(file, where, e.getCause()),
                    "Check the disk or network the file is on, then run the same command again.",
                    e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(file, where, e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new InputRefused("%s: %s cannot be read: %s".formatted(file, where, why(e)), COPY_AGAIN, e);
        }
    }

    /// A damaged length may say anything, but what a file of more bytes than there is memory says is believed.
    private static Refusal tooLarge(Path file, String where, OutOfMemoryError cause) {
        String found = "%s: %s cannot be read: it needs more memory than there is.".formatted(file, where);
        long fileBytes = sizeOf(file);
        return fileBytes > Runtime.getRuntime().maxMemory()
                ? new RoomExhausted(
                        found,
                        "Run the same command again with more --memory: this is one part of a file of %,d MB. If that does not help, copy the file again."
                                .formatted(fileBytes >> 20),
                        cause)
                : new InputRefused(
                        found, "Give the run more memory; if the file is small, it is damaged: copy it again.", cause);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    static void running(Path file, String where, Runnable reading) {
        Guard.<Boolean>reading(file, where, () -> {
            reading.run();
            return true;
        });
    }

    /// The innermost explanation; jHDF wraps causes several times.
    private static String why(Throwable e) {
        Throwable innermost = e;
        for (int depth = 0; depth < 16 && innermost.getCause() != null; depth++) {
            if (innermost instanceof Malformed) {
                break;
            }
            innermost = innermost.getCause();
        }
        if (innermost instanceof BufferUnderflowException) {
            return "it ends before all is there that should be in it";
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
