package io.cellferry.storage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The system calls Java has no method for: `syncfs` and the inode counts of `statvfs`. 64-bit Linux with glibc or
/// musl.
final class LinuxCalls {

    /// `O_RDONLY | O_CLOEXEC`, the same number on x86-64 and AArch64.
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

    /// `struct statvfs` of 64-bit Linux is 112 bytes; generous, so that a longer one cannot write past the end.
    private static final long STATVFS_BYTES = 256;

    /// `f_files` and `f_favail`, the sixth and the eighth of its 8-byte words (`f_bsize f_frsize f_blocks f_bfree
    /// f_bavail f_files f_ffree f_favail`).
    private static final long TOTAL_INODES = 5 * 8;

    private static final long FREE_INODES = 7 * 8;

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE = ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /// Linking takes milliseconds: once a process.
    private static final Optional<LinuxCalls> OF_THIS_MACHINE = find();

    private final MethodHandle open;
    private final MethodHandle close;
    private final MethodHandle syncfs;
    private final MethodHandle statvfs;

    @SuppressWarnings(
            "restricted") // The jar's manifest enables native access; each descriptor is that of the C header.
    private LinuxCalls(Linker linker) {
        var intOfInt = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                ERRNO,
                Linker.Option.firstVariadicArg(2));
        close = linker.downcallHandle(linker.defaultLookup().findOrThrow("close"), intOfInt, ERRNO);
        syncfs = linker.downcallHandle(linker.defaultLookup().findOrThrow("syncfs"), intOfInt, ERRNO);
        statvfs = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("statvfs"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                ERRNO);
    }

    /// Empty on other systems, and on kernels before 5.8, whose `syncfs` keeps write errors to itself.
    static Optional<LinuxCalls> ofThisMachine() {
        return OF_THIS_MACHINE;
    }

    private static Optional<LinuxCalls> find() {
        boolean sixtyFourBit = ValueLayout.ADDRESS.byteSize() == Long.BYTES;
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
        if (!linux || !sixtyFourBit || !kernelReportsSyncErrors(System.getProperty("os.version"))) {
            return Optional.empty();
        }
        return Optional.of(new LinuxCalls(Linker.nativeLinker()));
    }

    static boolean kernelReportsSyncErrors(String version) {
        String[] parts = version.split("\\D+", 3);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return false;
        }
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return major > 5 || (major == 5 && minor >= 8);
    }

    int openFolder(Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
            MemorySegment name = arena.allocateFrom(folder.toString());
            int handle = invoke(() -> (int) open.invokeExact(errno, name, READ_ONLY_CLOSE_ON_EXEC));
            return check(handle, errno, "open", folder);
        }
    }

    void syncFileSystem(int handle, Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
            check(invoke(() -> (int) syncfs.invokeExact(errno, handle)), errno, "syncfs", folder);
        }
    }

    void closeFolder(int handle, Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
            check(invoke(() -> (int) close.invokeExact(errno, handle)), errno, "close", folder);
        }
    }

    /// -1 where the file system makes inodes as it needs them (btrfs says it has none at all).
    long freeInodes(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
            MemorySegment name = arena.allocateFrom(path.toString());
            MemorySegment answer = arena.allocate(STATVFS_BYTES, Long.BYTES);
            check(invoke(() -> (int) statvfs.invokeExact(errno, name, answer)), errno, "statvfs", path);
            return answer.get(ValueLayout.JAVA_LONG, TOTAL_INODES) == 0
                    ? -1
                    : answer.get(ValueLayout.JAVA_LONG, FREE_INODES);
        }
    }

    private static int check(int result, MemorySegment errno, String call, Path where) throws IOException {
        if (result < 0) {
            int number = (int) ERRNO_VALUE.get(errno, 0L);
            throw new IOException("%s: %s failed: %s".formatted(where, call, reason(number)));
        }
        return result;
    }

    /// The numbers that call for another remedy than "look at the disk".
    private static String reason(int errno) {
        return switch (errno) {
            case 5 -> "Input/output error";
            case 23, 24 -> "Too many open files";
            case 28 -> "No space left on device";
            case 122 -> "Disk quota exceeded";
            default -> "errno " + errno;
        };
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static int invoke(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall declares no exceptions", e);
        }
    }
}
