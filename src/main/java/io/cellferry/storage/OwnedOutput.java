package io.cellferry.storage;

import io.cellferry.failure.OutputOwned;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The right to work on one output: its kernel lock, held until released or until this process dies.
///
/// The lock belongs to the output, not to a run, so that two requests for one output exclude each other. Whoever gets
/// it knows that the former owner is dead.
final class OwnedOutput implements AutoCloseable {

    /// How often another run of the same folder may remove `.cellferry` between our creating it and our locking in it.
    private static final int ATTEMPTS = 100;

    private final RefusingDisk disk;
    private final RunPlaces places;
    private final DiskLock lock;
    private boolean handedOver;

    private OwnedOutput(RefusingDisk disk, RunPlaces places, DiskLock lock) {
        this.disk = disk;
        this.places = places;
        this.lock = lock;
    }

    static OwnedOutput acquire(RefusingDisk disk, RunPlaces places, String runId) {
        byte[] record = OwnerRecord.ofThisProcess(runId).toBytes();
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == ATTEMPTS;
            disk.createFoldersDurably(places.parent());
            disk.createFolder(places.runs());
            Attempt outcome = disk.get("locking it", places.lock(), record.length, () -> {
                try {
                    return new Attempt(false, disk.disk().tryLock(places.lock(), record));
                } catch (NoSuchFileException e) {
                    if (last) {
                        throw e;
                    }
                    return new Attempt(true, Optional.empty());
                }
            });
            if (outcome.lock.isPresent()) {
                return new OwnedOutput(disk, places, outcome.lock.get());
            }
            if (!outcome.folderWentAway) {
                throw owned(disk, places);
            }
        }
    }

    private record Attempt(boolean folderWentAway, Optional<DiskLock> lock) {}

    private static OutputOwned owned(RefusingDisk disk, RunPlaces places) {
        String owner = disk.lockRecord(places.lock())
                .flatMap(OwnerRecord::parse)
                .map(OwnerRecord::words)
                .orElse("a process that is just starting or ending");
        return new OutputOwned(
                "%s: expected nobody else at work on it, found %s.".formatted(places.output(), owner),
                "Wait for that run, or stop it with cellferry stop, then run the same command again.");
    }

    RunPlaces places() {
        return places;
    }

    /// Leaves the releasing to someone else.
    void handOver() {
        handedOver = true;
    }

    /// Frees the output and removes what owning it put on disk.
    void release() {
        disk.run("removing and freeing the lock", places.lock(), 0, () -> {
            try (lock) {
                lock.deleteAndFree();
            }
        });
        if (removedEmptyFolder(places.runs())) {
            disk.forceFolder(places.parent());
        }
    }

    private boolean removedEmptyFolder(Path folder) {
        return disk.get("removing the folder", folder, 0, () -> {
            try {
                return disk.disk().delete(folder);
            } catch (DirectoryNotEmptyException e) {
                return false; // Other runs are at work in it, or wait there to be resumed.
            }
        });
    }

    @Override
    public void close() {
        if (!handedOver) {
            release();
        }
    }
}
