package io.cellferry.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/// Who holds an output, as its lock file says: for messages and lists. Proof of life or death is the lock alone.
///
/// `bootId` tells two boots of one host apart, `processStartedAt` two processes with one number; `pidNamespace` says
/// whose numbers they are, as containers under one host's name count their own; `token` makes every attempt to lock
/// unlike any other.
public record OwnerRecord(
        String host,
        long pid,
        String pidNamespace,
        String bootId,
        Instant processStartedAt,
        String runId,
        String token) {

    /// Asked once: a name service that is away makes the question take seconds.
    private static final String HOST = hostName();

    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path LINUX_PID_NAMESPACE = Path.of("/proc/self/ns/pid");

    static OwnerRecord ofThisProcess(String runId) {
        ProcessHandle process = ProcessHandle.current();
        return new OwnerRecord(
                HOST,
                process.pid(),
                pidNamespaceOfThisProcess(),
                bootIdOfThisMachine(),
                process.info().startInstant().orElse(Instant.EPOCH),
                runId,
                UUID.randomUUID().toString());
    }

    byte[] toBytes() {
        return Json.bytes(this);
    }

    /// Empty for a record that is being written or that a power cut damaged.
    static Optional<OwnerRecord> parse(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(bytes, OwnerRecord.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Whether the process named here can still be alive: false only if it ran on this host, where this process could
    /// see it, and is gone.
    boolean mayBeAlive() {
        if (!host.equals(HOST)) {
            return true;
        }
        if (!bootId.equals(bootIdOfThisMachine())) {
            return false;
        }
        boolean visible = pidNamespaceOfThisProcess().equals(pidNamespace)
                && ProcessHandle.current().isAlive(); // Without /proc, all processes seem to be gone.
        if (!visible) {
            return true;
        }
        return ProcessHandle.of(pid)
                .map(process -> process.info()
                        .startInstant()
                        .map(processStartedAt::equals)
                        .orElse(true))
                .orElse(false);
    }

    String words() {
        return "run %s of process %d on %s (started %s)".formatted(runId, pid, host, processStartedAt);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine whose own name does not resolve still has one; the lock does not depend on it.
            return "localhost";
        }
    }

    private static String pidNamespaceOfThisProcess() {
        try {
            return Files.readSymbolicLink(LINUX_PID_NAMESPACE).toString();
        } catch (IOException e) {
            return "the only one"; // As on systems that do not know namespaces.
        }
    }

    private static String bootIdOfThisMachine() {
        if (!Files.isReadable(LINUX_BOOT_ID)) {
            return "unknown";
        }
        try {
            return Files.readString(LINUX_BOOT_ID).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
