package io.cellferry.dataset.hdf5.bytes;

import io.cellferry.codec.Malformed;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;

/// The lookup3 checksum that ends every piece of new-style metadata.
public final class Checksums {

    private Checksums() {}

    /// Refuses `whole[0, count)` unless its last four bytes are the checksum of those before.
    public static void check(ByteBuffer whole, int count, String what, long address) {
        byte[] covered = new byte[count - 4];
        whole.get(0, covered);
        int stored = whole.getInt(count - 4);
        if (JenkinsLookup3HashLittle.hash(covered) != stored) {
            throw new Malformed("%s at address %,d does not match its checksum".formatted(what, address));
        }
    }
}
