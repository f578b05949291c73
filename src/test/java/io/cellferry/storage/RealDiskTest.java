package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real operations do what the interface says.
class RealDiskTest {

    @TempDir
    Path folder;

    private final RealDisk disk = new RealDisk();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void appendingCutsWhatLiesBehindTheKeptBytes() throws IOException {
        Path file = folder.resolve("journal");
        for (String text : new String[] {"abc", "def"}) {
            try (DiskFile open = disk.append(file, 2)) {
                ByteBuffer direct =
                        ByteBuffer.allocateDirect(3).put(bytes(text)).flip();
                open.write(direct);
                assertThat(direct.hasRemaining()).isFalse();
                open.write(bytes("!"));
                open.force();
            }
        }
        assertThat(Files.readString(file)).isEqualTo("\0\0def!");
    }

    @Test
    void creatingEmptiesAndRenamingReplacesAFile() throws IOException {
        Path file = folder.resolve("x.part");
        for (String text : new String[] {"long text", "short"}) {
            try (DiskFile open = disk.create(file)) {
                open.write(bytes(text));
                open.force();
            }
        }
        Path target = Files.writeString(folder.resolve("x"), "old");
        disk.rename(file, target);
        disk.forceFolder(folder);

        assertThat(Files.readString(target)).isEqualTo("short");
        assertThat(disk.size(target)).isEqualTo(OptionalLong.of(5));
        assertThat(disk.size(file)).isEmpty();
        assertThat(disk.size(folder)).isEmpty();
        assertThat(disk.delete(target)).isTrue();
        assertThat(disk.delete(target)).isFalse();
    }

    @Test
    void aFolderThatIsThereIsNoErrorAFileInItsPlaceIs() throws IOException {
        disk.createFolder(folder.resolve("f"));
        disk.createFolder(folder.resolve("f"));
        Files.writeString(folder.resolve("g"), "");

        assertThat(Files.isDirectory(folder.resolve("f"))).isTrue();
        assertThatThrownBy(() -> disk.createFolder(folder.resolve("g"))).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void wholeFileSystemsAreSyncedAndAskedForTheirRoom() throws IOException {
        var sync = disk.openSync(folder);
        String type = Files.getFileStore(folder).type();
        assertThat(sync.isPresent()).as("on %s", type).isEqualTo(type.matches("ext[234]|xfs|btrfs|f2fs|tmpfs"));
        if (sync.isPresent()) {
            try (FileSystemSync opened = sync.get()) {
                opened.sync();
            }
            assertThatThrownBy(sync.get()::sync).isInstanceOf(IOException.class).hasMessageContaining("errno 9");
        }
        assertThat(disk.freeBytes(folder)).isPositive();
        if (type.startsWith("ext")) {
            long counted = Files.getFileStore(folder).getTotalSpace();
            assertThat(disk.freeInodes(folder).orElseThrow()).isBetween(1L, counted);
        }
        assertThatThrownBy(() -> disk.freeInodes(folder.resolve("none")))
                .hasMessageContaining("statvfs failed: errno 2");
    }

    @Test
    void syncErrorsAreReportedSinceLinuxFiveEight() {
        assertThat(LinuxCalls.kernelReportsSyncErrors("5.8.0-63-generic")).isTrue();
        assertThat(LinuxCalls.kernelReportsSyncErrors("6.18")).isTrue();
        assertThat(LinuxCalls.kernelReportsSyncErrors("5.7.19")).isFalse();
        assertThat(LinuxCalls.kernelReportsSyncErrors("4.18.0-553.el8")).isFalse();
        assertThat(LinuxCalls.kernelReportsSyncErrors("unknown")).isFalse();
    }

    @Test
    void aLockFileThatWasTakenAwayIsNotALock() throws IOException {
        Path file = folder.resolve("x.lock");
        DiskLock first = disk.tryLock(file, new byte[] {1}).orElseThrow();
        assertThat(disk.tryLock(file, new byte[] {2})).isEmpty();
        assertThat(disk.lockRecord(file)).contains(new byte[] {1});
        first.deleteAndFree();
        assertThat(Files.exists(file)).isFalse();
        assertThat(disk.lockRecord(file)).isEmpty();

        DiskLock second = disk.tryLock(file, new byte[] {3}).orElseThrow();
        first.close();
        assertThat(disk.tryLock(file, new byte[] {4})).isEmpty();
        second.close();
        assertThat(Files.exists(file)).isTrue();
        assertThatThrownBy(() -> disk.tryLock(folder.resolve("none/x.lock"), new byte[] {5}))
                .isInstanceOf(NoSuchFileException.class);
    }
}
