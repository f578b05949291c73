package io.cellferry.storage;

import java.nio.file.Path;
import java.util.function.Consumer;

/// One small file that belongs to no run, written whole: whoever reads it sees the old or the new contents.
public final class PlainFile {

    private PlainFile() {}

    /// Lets `writer` write and finish the file, which then takes its place. Returns `file`.
    public static Path write(Path file, Consumer<StagedFile> writer) {
        RefusingDisk disk = new RefusingDisk(new RealDisk());
        Path absolute = file.toAbsolutePath().normalize();
        try (TemporaryFile staged =
                new TemporaryFile(disk, Area.OUTPUT, String.valueOf(file.getFileName()), absolute, true)) {
            writer.accept(staged);
            staged.finished();
            staged.giveName();
            disk.forceFolder(RefusingDisk.folderOf(absolute));
        }
        return file;
    }
}
