package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One member, the same bytes for the same contents; the reader takes exactly that.
class GzipMemberTest {

    @TempDir
    Path folder;

    private static byte[] gzip(GzipMember member, byte[] contents) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        member.writeWhole(ByteBuffer.wrap(contents), sink(file));
        return file.toByteArray();
    }

    private static ByteSink sink(ByteArrayOutputStream file) {
        return bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            file.writeBytes(copy);
        };
    }

    private static GzipMember level(int level) {
        return new GzipMember(level, ByteBuffer.allocate(64));
    }

    private static byte[] contents(int count) {
        byte[] contents = new byte[count];
        Random random = new Random(count);
        for (int at = 0; at < count; at++) {
            contents[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : 'a');
        }
        return contents;
    }

    @Test
    void headerAndTrailerAreFixed() {
        try (GzipMember six = level(6);
                GzipMember nine = level(9);
                GzipMember one = level(1)) {
            byte[] file = gzip(six, "a".getBytes(StandardCharsets.US_ASCII));

            // Header; deflate's fixed block for "a" (4b 04 00); CRC-32 of "a" is e8b7be43, size 1, little-endian.
            assertThat(HexFormat.of().formatHex(file)).isEqualTo("1f8b08000000000000ff4b040043beb7e801000000");
            assertThat(gzip(nine, new byte[0])).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff);
            assertThat(gzip(one, new byte[0])).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff);
        }
    }

    @Test
    void otherReadersReadItAndReuseChangesNoByte() throws IOException {
        try (GzipMember reused = level(5)) {
            for (int count : new int[] {0, 1, 63, 64, 65, 1000, 100_000}) {
                byte[] contents = contents(count);
                byte[] file = gzip(reused, contents);

                assertThat(new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes())
                        .isEqualTo(contents);
                try (GzipMember fresh = new GzipMember(5, ByteBuffer.allocateDirect(1 << 16))) {
                    assertThat(gzip(fresh, contents)).isEqualTo(file);
                }
            }
        }
    }

    @Test
    void contentsMayComeInPiecesAndAGivenUpMemberLeavesNoTrace() {
        byte[] contents = contents(10_000);
        try (GzipMember member = level(5)) {
            byte[] whole = gzip(member, contents);
            member.begin(sink(new ByteArrayOutputStream()));
            member.write(ByteBuffer.wrap(contents, 0, 5_000));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            member.begin(sink(file));
            for (int from = 0; from < contents.length; from += 1_000) {
                ByteBuffer piece = ByteBuffer.wrap(contents, from, 1_000);
                member.write(piece);
                assertThat(piece.hasRemaining()).isFalse();
            }
            member.end();

            assertThat(file.toByteArray()).isEqualTo(whole);
            assertThatThrownBy(member::end).isInstanceOf(IllegalStateException.class);
        }
    }

    private byte[] read(byte[] file, long maxBytes) throws IOException {
        Path path = Files.write(folder.resolve("file.gz"), file);
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        long count = GzipReader.read(path, maxBytes, sink(contents));
        assertThat(count).isEqualTo(contents.size());
        return contents.toByteArray();
    }

    @Test
    void theReaderReadsWhatWasWritten() throws IOException {
        try (GzipMember member = level(9)) {
            for (int count : new int[] {0, 1, 65_535, 65_536, 300_000}) {
                assertThat(read(gzip(member, contents(count)), count)).isEqualTo(contents(count));
            }
        }
    }

    @Test
    void theReaderRefusesEveryFlippedBitEveryCutAndEveryByteTooMany() throws IOException {
        byte[] contents = contents(200);
        byte[] file;
        try (GzipMember member = level(5)) {
            file = gzip(member, contents);
        }
        int harmless = 0;
        for (int at = 0; at < file.length; at++) {
            byte[] cut = Arrays.copyOf(file, at);
            assertThatThrownBy(() -> read(cut, 1_000)).as("cut to %d", at).isInstanceOf(InputRefused.class);
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << bit);
                if (at == 8 && (flipped[8] == 2 || flipped[8] == 4)) {
                    continue; // The level hint: levels 1 and 9 write these.
                }
                boolean inTheStream = at >= GzipMember.HEADER_BYTES && at < file.length - GzipMember.TRAILER_BYTES;
                try {
                    // Some bits of a deflate stream mean nothing, such as those behind its end.
                    assertThat(read(flipped, 1_000)).isEqualTo(contents);
                    assertThat(inTheStream).as("bit %d of byte %d", bit, at).isTrue();
                    harmless++;
                } catch (InputRefused e) {
                    assertThat(e.remedy()).contains("make the output again");
                }
            }
        }
        assertThat(harmless).as("of %d flips", 8 * file.length).isLessThan(32);
        byte[] twice = Arrays.copyOf(file, 2 * file.length);
        System.arraycopy(file, 0, twice, file.length, file.length);
        assertThatThrownBy(() -> read(twice, 1_000)).hasMessageContaining("expected the end of the file");
    }

    @Test
    void theReaderStopsAtItsBound() throws IOException {
        byte[] bomb;
        try (GzipMember member = level(9)) {
            bomb = gzip(member, new byte[10_000_000]);
        }
        Path path = Files.write(folder.resolve("bomb.gz"), bomb);
        long[] got = {0};

        assertThatThrownBy(() -> GzipReader.read(path, 100_000, bytes -> got[0] += bytes.remaining()))
                .isInstanceOf(InputRefused.class)
                .hasMessage(path + ": expected at most 100,000 bytes of contents, found more.");
        assertThat(got[0]).isLessThanOrEqualTo(100_000);
    }

    @Test
    void levelsOutsideOneToNineAreRefused() {
        assertThatThrownBy(() -> level(0)).hasMessage("gzip level 0 must be 1 to 9");
        assertThatThrownBy(() -> level(10)).hasMessage("gzip level 10 must be 1 to 9");
    }
}
