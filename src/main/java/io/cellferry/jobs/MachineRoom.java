package io.cellferry.jobs;

import java.nio.file.Path;
import java.util.Optional;

/// What a run may use of this machine. May differ between a crash and the resume; output bytes may not.
///
/// `memoryBytes` is the whole promise (`--memory`), `workBytes` what of it is left for blocks and buffers after the
/// runtime has had its share.
public record MachineRoom(long memoryBytes, long workBytes, int threads, Optional<Path> workDir) {

    /// Classes, the job repository, code cache and thread stacks live in the rest of the heap.
    private static final long RUNTIME_SHARE = 96L << 20;

    private static final long LEAST_WORK = 16L << 20;

    public MachineRoom {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
    }

    /// The same room with `bytes` less for work, because something else of this process needs them.
    public MachineRoom without(long bytes) {
        return new MachineRoom(memoryBytes, Math.max(workBytes - bytes, LEAST_WORK), threads, workDir);
    }

    /// The room this very process has: the heap it was started with is what `--memory` left for it.
    public static MachineRoom ofThisProcess(long memoryBytes, int threads, Optional<Path> workDir) {
        long heapBytes = Math.min(Runtime.getRuntime().maxMemory(), memoryBytes);
        return new MachineRoom(memoryBytes, Math.max(heapBytes - RUNTIME_SHARE, LEAST_WORK), threads, workDir);
    }
}
