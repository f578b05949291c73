package io.cellferry.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What is free where something is going to be written; the place itself need not exist yet.
public final class FreeRoom {

    private FreeRoom() {}

    /// Bytes this user may still write to the file system of `path`.
    public static long bytes(Path path) {
        Path there = existing(path);
        return disk().get("asking for the free space of", there, 0, () -> disk().disk()
                .freeBytes(there));
    }

    /// Files this user may still create there; empty where the file system does not count them.
    public static OptionalLong inodes(Path path) {
        Path there = existing(path);
        return disk().get("asking for the free inodes of", there, 0, () -> disk().disk()
                .freeInodes(there));
    }

    public static boolean sameFileSystem(Path one, Path other) {
        try {
            return Files.getFileStore(existing(one)).equals(Files.getFileStore(existing(other)));
        } catch (IOException e) {
            return false; // then each is asked for all of it
        }
    }

    private static RefusingDisk disk() {
        return new RefusingDisk(new RealDisk());
    }

    private static Path existing(Path path) {
        Path there = path.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
