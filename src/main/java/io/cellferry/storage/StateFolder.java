package io.cellferry.storage;

import io.cellferry.failure.OutputOwned;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The folder for what belongs to the machine and not to an output: job repository, logs, reports, tokens. Only its
/// user may look into it. Losing it loses no work.
public final class StateFolder {

    private static final String TEMPORARY = ".part";

    private final RefusingDisk disk;
    private final Path folder;

    private StateFolder(RefusingDisk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /// The folder that `--state-dir` names, else `CELLFERRY_HOME`, else `$XDG_STATE_HOME/cellferry`, else
    /// `~/.local/state/cellferry`. Looks only; nothing is created. Refused where none of them is known.
    public static Path locate(Optional<Path> stateDir, Map<String, String> environment, Optional<Path> home) {
        Optional<Path> own = stateDir.or(() -> named(environment, "CELLFERRY_HOME"));
        return own.or(() -> named(environment, "XDG_STATE_HOME").map(state -> state.resolve("cellferry")))
                .or(() -> home.map(folder -> folder.resolve(".local/state/cellferry")))
                .orElseThrow(() -> new RequestRefused(
                        "This user has no home folder, and nothing else says where cellferry's state belongs.",
                        "Give --state-dir DIR, or set CELLFERRY_HOME to a folder of this user."))
                .toAbsolutePath()
                .normalize();
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /// Opens the folder, created with mode 0700 where file systems have modes.
    public static StateFolder open(Disk disk, Path folder) {
        RefusingDisk refusing = new RefusingDisk(disk);
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new RequestRefused(
                    "%s: expected a folder for cellferry's state, found a file.".formatted(absolute),
                    "Choose another --state-dir or CELLFERRY_HOME.");
        }
        if (absolute.toString().indexOf(';') >= 0 || absolute.toString().indexOf('\\') >= 0) {
            throw new RequestRefused(
                    "%s: expected a path without ; and \\ for cellferry's state: its database would take it for another one."
                            .formatted(absolute),
                    "Choose another --state-dir or CELLFERRY_HOME.");
        }
        try {
            refusing.createFoldersDurably(RefusingDisk.folderOf(absolute));
            refusing.createPrivateFolder(absolute);
        } catch (StorageFailed e) {
            // A home folder that is read-only or nobody's, as in containers: the path alone tells nothing.
            throw new StorageFailed(
                    "%s: the folder for cellferry's state cannot be made. %s".formatted(absolute, e.getMessage()),
                    "Give --state-dir DIR, or set CELLFERRY_HOME to a folder that this user may write.",
                    e);
        }
        return new StateFolder(refusing, absolute);
    }

    public Path path() {
        return folder;
    }

    /// A folder in it, created when missing with mode 0700, for those who write many files (logs, the database).
    public StateFolder folder(String name) {
        Path path = RelativePath.resolve(folder, requirePlain(name));
        disk.createPrivateFolder(path);
        return new StateFolder(disk, path);
    }

    /// Writes a small file whole: whoever reads it sees the old or the new contents, also after a power cut.
    public void write(String name, byte[] contents) {
        write(name, temporary -> disk.writeAtomically(temporary, RelativePath.resolve(folder, name), contents));
    }

    /// The same with mode 0600, whatever becomes of the folder's own mode: for secrets.
    public void writePrivately(String name, byte[] contents) {
        write(name, temporary -> disk.writePrivately(temporary, RelativePath.resolve(folder, name), contents));
    }

    /// A log of at most `keptFiles` files of about `mostBytes` each, the newest under the plain name. For one process
    /// at a time.
    public BoundedLog log(String name, long mostBytes, int keptFiles) {
        return new BoundedLog(disk, RelativePath.resolve(folder, requirePlain(name)), mostBytes, keptFiles);
    }

    private void write(String name, Consumer<Path> writing) {
        Path file = RelativePath.resolve(folder, requirePlain(name));
        // Two processes may write one name at once; each does so through a temporary name of its own.
        Path temporary = file.resolveSibling(name + "." + UUID.randomUUID() + TEMPORARY);
        try {
            writing.accept(temporary);
        } catch (RuntimeException e) {
            try {
                disk.delete(temporary);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /// The contents of a small file; empty if there is none.
    public Optional<byte[]> read(String name) {
        Path file = RelativePath.resolve(folder, requirePlain(name));
        return disk.get("reading it", file, 0, () -> {
            try {
                return Optional.of(Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                return Optional.<byte[]>empty();
            }
        });
    }

    /// Names of the files in it, sorted; those being written are left out.
    public List<String> list() {
        List<String> names = new ArrayList<>();
        disk.forEach(folder, entry -> {
            String name = String.valueOf(entry.getFileName());
            if (!name.endsWith(TEMPORARY) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                names.add(name);
            }
        });
        return names.stream().sorted().toList();
    }

    /// Whether there was such a file.
    public boolean delete(String name) {
        return disk.delete(RelativePath.resolve(folder, requirePlain(name)));
    }

    /// Makes this process the only one to be `what` over this folder, until the answer is closed or the process dies.
    /// Refused while another process is.
    public Ownership own(String what) {
        Path file = RelativePath.resolve(folder, requirePlain(what + ".lock"));
        OwnerRecord me = OwnerRecord.ofThisProcess(what);
        Optional<DiskLock> lock = disk.tryLock(file, me.toBytes());
        if (lock.isEmpty()) {
            String owner = disk.lockRecord(file)
                    .flatMap(OwnerRecord::parse)
                    .map(other -> "process %d on %s".formatted(other.pid(), other.host()))
                    .orElse("another process");
            throw new OutputOwned(
                    "%s: %s is the %s over this folder.".formatted(folder, owner, what),
                    "End it first, or give this one another --state-dir.");
        }
        return new Ownership(disk, file, lock.get());
    }

    /// Being the only one. Freed by the kernel at the latest when the process ends.
    public static final class Ownership implements AutoCloseable {
        private final RefusingDisk disk;
        private final Path file;
        private final DiskLock lock;

        private Ownership(RefusingDisk disk, Path file, DiskLock lock) {
            this.disk = disk;
            this.file = file;
            this.lock = lock;
        }

        @Override
        public void close() {
            disk.free(file, lock);
        }
    }

    /// Removes the folder called `name` with all that lies in it; nothing there is no error.
    public void deleteFolder(String name) {
        disk.deleteTree(RelativePath.resolve(folder, requirePlain(name)));
    }

    private static String requirePlain(String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'%s' must be a name without folders".formatted(name));
        }
        return name;
    }
}
