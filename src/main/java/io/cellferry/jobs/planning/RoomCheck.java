package io.cellferry.jobs.planning;

import io.cellferry.failure.Problem;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.storage.FreeRoom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Compares what a run needs with what the machine has: memory for one worker, bytes and files where it writes, and the
/// right to write there.
public final class RoomCheck {

    /// Twentieths: a file system that is exactly full fails in the middle of something else.
    private static final double MARGIN = 1.05;

    /// What is taken from the budget is rounded up, kept things and work each for itself.
    private static final long ROUNDING = 256L << 10;

    private RoomCheck() {}

    public static void of(
            JobRequest request,
            MachineRoom room,
            long outputBytes,
            long scratchBytes,
            long files,
            long memoryBytes,
            List<Problem> problems) {
        long missing = memoryBytes + ROUNDING - room.workBytes();
        if (missing > 0) {
            problems.add(Problem.refusal(
                    "room.memory",
                    "--memory",
                    "one worker needs up to %,d MB, but of %,d MB only %,d are left for work."
                            .formatted(memoryBytes >> 20, room.memoryBytes() >> 20, room.workBytes() >> 20),
                    "Give it --memory %,dMB or more.".formatted((room.memoryBytes() + missing * 5 / 4 >> 20) + 1)));
        }
        Path output = Optional.ofNullable(request.output().getParent()).orElse(request.output());
        room.workDir()
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder -> problems.add(noWorkDir(folder)));
        if (problems.stream().noneMatch(Problem::refuses)) {
            requireWritable(output);
            room.workDir().ifPresent(RoomCheck::requireWritable);
        }
        Path scratch = room.workDir().orElse(output);
        boolean together = FreeRoom.sameFileSystem(output, scratch);
        checkBytes("output", output, outputBytes + (together ? scratchBytes : 0), problems);
        if (!together) {
            checkBytes("--work-dir", scratch, scratchBytes, problems);
        }
        OptionalLong inodes = FreeRoom.inodes(output);
        if (inodes.isPresent() && inodes.getAsLong() < files * MARGIN) {
            problems.add(Problem.refusal(
                    "room.inodes",
                    output.toString(),
                    "%,d files are needed and the file system can hold %,d more.".formatted(files, inodes.getAsLong()),
                    "Remove files, or write to another file system."));
        }
    }

    /// The run makes the folders that are missing, below the first that is there. What it could not do is thrown, as it
    /// is when a disk fails: nobody's request or input is wrong. Where either is, that is told, and this later.
    private static void requireWritable(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new StorageFailed(
                    "%s: expected a folder to write in, found a file.".formatted(there),
                    "Move it away, or write elsewhere.");
        }
        if (!Files.isWritable(there) || !Files.isExecutable(there)) {
            throw new StorageFailed(
                    "%s: expected a folder to write in, found one in which this user may not.".formatted(there),
                    "Give the user of this program the right to it, or write elsewhere.");
        }
    }

    private static Problem noWorkDir(Path folder) {
        return Problem.refusal(
                "request.work-dir",
                folder.toString(),
                "expected a folder for scratch files, found none.",
                "Create it, or choose another --work-dir.");
    }

    /// Small figures would all be 0 MB.
    private static String words(long bytes) {
        return bytes < 10 << 20 ? "%,d kB".formatted(bytes >> 10) : "%,d MB".formatted(bytes >> 20);
    }

    private static void checkBytes(String what, Path folder, long bytes, List<Problem> problems) {
        long free = FreeRoom.bytes(folder);
        if (free < bytes * MARGIN) {
            problems.add(Problem.refusal(
                    "room.disk",
                    folder.toString(),
                    "%s and scratch need about %s and %s are free.".formatted(what, words(bytes), words(free)),
                    "Free some, write elsewhere, or move scratch files with --work-dir."));
        }
    }
}
