package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An I/O error says where it happened, what was expected and found, and who has to do what.
class IoFailureTest {

    /// A disk with 123,456 bytes and 789 inodes free.
    @TempDir
    Path folder;

    private RuntimeException failure(long bytesNeeded, IOException cause) throws IOException {
        return new IoFailure(CrashingDisk.sound(folder)).of("writing it", folder.resolve("x"), bytesNeeded, cause);
    }

    private Refusal refusal(long bytesNeeded, IOException cause) throws IOException {
        return (Refusal) failure(bytesNeeded, cause);
    }

    @Test
    void aFullDiskSaysHowMuchIsNeededAndFree() throws IOException {
        Refusal full = refusal(4096, new IOException("No space left on device"));

        assertThat(full)
                .isInstanceOf(RoomExhausted.class)
                .hasMessage(folder.resolve("x")
                        + ": failed while writing it: No space left on device; expected room for 4,096 more bytes, found"
                        + " 123,456 bytes and 789 inodes free.");
        assertThat(full.remedy())
                .isEqualTo("Free space on the file system of " + folder
                        + ". Then run the same command again; finished units are kept.");
    }

    /// Deleting one large file would not help.
    @Test
    void aDiskWithoutInodesAsksForFewerFiles() throws IOException {
        Refusal full = (Refusal) new IoFailure(CrashingDisk.sound(folder).withoutInodes())
                .of("writing it", folder.resolve("x"), 10, new IOException("No space left on device"));

        assertThat(full).isInstanceOf(RoomExhausted.class).hasMessageContaining("123,456 bytes and 0 inodes free");
        assertThat(full.remedy())
                .startsWith("Delete files, however small, on the file system of %s, which has room for no further one."
                        .formatted(folder));
    }

    @Test
    void aFullDiskIsRecognisedInAnyLanguage() throws IOException {
        assertThat(refusal(200_000, new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar")))
                .isInstanceOf(RoomExhausted.class);
        assertThat(refusal(100_000, new IOException("Eingabe-/Ausgabefehler"))).isInstanceOf(StorageFailed.class);
    }

    @Test
    void quotasAndDescriptorsHaveTheirOwnRemedies() throws IOException {
        Refusal quota = refusal(10, new FileSystemException("x", null, "Disk quota exceeded"));
        assertThat(quota).isInstanceOf(RoomExhausted.class).hasMessageContaining("expected room for 10 more bytes");
        assertThat(quota.remedy()).startsWith("Free some of your quota on the file system of " + folder);

        Refusal descriptors = refusal(0, new FileSystemException("x", null, "Too many open files"));
        assertThat(descriptors)
                .isInstanceOf(RoomExhausted.class)
                .hasMessageContaining("expected a free file descriptor");
        assertThat(descriptors.remedy()).startsWith("Raise the limit of open files (ulimit -n) or lower --threads.");
    }

    @Test
    void otherErrorsNameTheirReason() throws IOException {
        Refusal broken = refusal(10, new IOException("Input/output error"));
        assertThat(broken)
                .isInstanceOf(StorageFailed.class)
                .hasMessage(folder.resolve("x")
                        + ": failed while writing it: expected the operation to succeed, found: Input/output error.");
        assertThat(broken.remedy())
                .isEqualTo("Check the disk, its mount and the permissions of " + folder
                        + ". Then run the same command again; finished units are kept.");
        assertThat(refusal(10, new AccessDeniedException("/x")))
                .hasMessageEndingWith("failed while writing it: permission denied.");
    }

    @Test
    void aNameThatIsTooLongIsAMatterOfTheRequest() throws IOException {
        assertThat(refusal(0, new FileSystemException("x", null, "File name too long")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageEndingWith("found one that is too long.");
    }

    @Test
    void anInterruptionIsAStopAndNoError() throws IOException {
        assertThat(failure(10, new ClosedByInterruptException()))
                .isInstanceOf(RunStopped.class)
                .hasMessage(folder.resolve("x") + ": interrupted while writing it.");
    }
}
