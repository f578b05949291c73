package io.cellferry.cellucid;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads payloads whole and checks them: container, length, every number. Holds one buffer.
final class PayloadCheck {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path folder;
    private final boolean compressed;
    private final Findings findings;
    private final byte[] buffer = new byte[1 << 16];

    PayloadCheck(Path folder, boolean compressed, Findings findings) {
        this.folder = folder;
        this.compressed = compressed;
        this.findings = findings;
    }

    void check(ReadExport.Declared declared) {
        String path = declared.path();
        if (!isThere(folder, path, findings)) {
            return;
        }
        long expected = declared.count() * declared.rule().bytes();
        if (expected > ViewerLimits.PAYLOAD_BYTES) {
            findings.warn(
                    "cellucid.limit.payload",
                    path,
                    "The viewer takes at most %,d bytes, the file has %,d."
                            .formatted(ViewerLimits.PAYLOAD_BYTES, expected),
                    "Export with quantization or fewer cells.");
        }
        try (PayloadStream stream = new PayloadStream(folder.resolve(path), compressed)) {
            long offences = 0;
            long first = -1;
            long done = 0;
            for (int got = stream.read(buffer, buffer.length); got > 0; got = stream.read(buffer, buffer.length)) {
                int width = declared.rule().bytes();
                for (int at = 0; at + width <= got; at += width) {
                    if (!accepts(declared.rule(), at)) {
                        first = offences++ == 0 ? (done + at) / width : first;
                    }
                }
                done += got;
            }
            if (done != expected) {
                findings.add(
                        "cellucid.payload.size",
                        path,
                        "Expected %,d bytes after decompression, found %,d.".formatted(expected, done));
            }
            if (offences > 0) {
                findings.add(
                        "cellucid.payload.value",
                        path,
                        "Every number has to be %s; %,d are not, the first at position %,d."
                                .formatted(declared.rule().words(), offences, first));
            }
        } catch (MalformedPayload e) {
            findings.add("cellucid.payload.gzip", path, "Expected one gzip member, but " + e.getMessage() + ".");
        }
    }

    /// Whether the file exists; if not, that is a finding.
    static boolean isThere(Path folder, String path, Findings findings) {
        if (Files.isRegularFile(folder.resolve(path))) {
            return true;
        }
        findings.add("cellucid.payload.missing", path, "The manifests promise this file, and it is not there.");
        return false;
    }

    private boolean accepts(PayloadRule rule, int at) {
        if (rule.floats()) {
            return rule.acceptsFloat(Float.intBitsToFloat((int) INTS.get(buffer, at)));
        }
        return rule.acceptsCode(
                rule.bytes() == 1 ? buffer[at] & 0xff : Short.toUnsignedInt((short) SHORTS.get(buffer, at)));
    }
}
