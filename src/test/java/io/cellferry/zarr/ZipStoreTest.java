package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entries of a zip file that cannot be what the directory of the file says are refused by name.
class ZipStoreTest {

    private static final String TEXT = "{\"zarr_format\": 2}";

    @TempDir
    private Path folder;

    @Test
    void aChangedByteIsSeen() throws IOException {
        byte[] zip = zip();
        assertThat(read(zip)).isEqualTo(TEXT);

        zip[new String(zip, StandardCharsets.ISO_8859_1).indexOf(TEXT)] ^= 1;

        refused(zip, "its CRC-32 is");
    }

    @Test
    void encryptedEntriesAreRefusedAsSuch() throws IOException {
        byte[] zip = zip();
        zip[local(zip) + 6] |= 1;
        zip[central(zip) + 8] |= 1;

        refused(zip, "encryption");
    }

    @Test
    void unknownMethodsAreRefusedAsSuch() throws IOException {
        byte[] zip = zip();
        zip[local(zip) + 8] = 99;
        zip[central(zip) + 10] = 99;

        refused(zip, "method");
    }

    @Test
    void damagedDeflatedEntriesAreRefused() throws IOException {
        byte[] zip = zip();
        zip[local(zip) + 8] = ZipEntry.DEFLATED;
        zip[central(zip) + 10] = ZipEntry.DEFLATED;

        refused(zip, "is damaged");
    }

    @Test
    void foldersAreThoseOfItsEntries() throws IOException {
        try (ZarrStore store = store(zip())) {
            assertThat(store.hasFolder("")).isTrue();
            assertThat(store.hasFolder("obs")).isTrue();
            assertThat(store.hasFolder("obs/depth")).isTrue();
            assertThat(store.hasFolder("obs/depth/0")).isFalse();
            assertThat(store.hasFolder("dept")).isFalse();
        }
    }

    private byte[] zip() throws IOException {
        Path file = folder.resolve("made.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : new String[] {".zgroup", "obs/depth/0"}) {
                byte[] content = TEXT.getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(name);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                out.putNextEntry(entry);
                out.write(content);
            }
        }
        return Files.readAllBytes(file);
    }

    private ZarrStore store(byte[] zip) throws IOException {
        return ZarrStore.open(Files.write(folder.resolve("store.zarr.zip"), zip))
                .orElseThrow();
    }

    private String read(byte[] zip) throws IOException {
        try (ZarrStore store = store(zip)) {
            return new String(store.document(".zgroup").orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    private void refused(byte[] zip, String why) {
        assertThatThrownBy(() -> read(zip))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("entry .zgroup")
                .hasMessageContaining(why);
    }

    /// Where the header of the first entry begins.
    private static int local(byte[] zip) {
        return place(zip, 0x04034b50);
    }

    /// The same in the directory.
    private static int central(byte[] zip) {
        return place(zip, 0x02014b50);
    }

    private static int place(byte[] zip, int signature) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != signature) {
            at++;
        }
        return at;
    }
}
