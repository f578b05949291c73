package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.JournalRecord.UnitFile;
import io.cellferry.storage.JournalRecord.UnitFinished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However a journal is damaged, it opens; what lies before the damage is exactly what was written, the rest is gone.
class JournalTest {

    private static final JournalRecord.Begun BEGUN = new JournalRecord.Begun(
            "run1",
            "out",
            false,
            false,
            "{\"job\":\"x\"}",
            TinyConversion.INPUT,
            TinyConversion.STARTED,
            "test",
            Optional.of("/scratch/cellferry-run1"),
            Optional.of("/results/.cellferry/run1"));

    private static final List<JournalRecord> LATER = List.of(
            new UnitFinished("a", List.of(new UnitFile(Area.OUTPUT, "x/y", 3, Optional.of("00ff")))),
            new UnitFinished("b", List.of(new UnitFile(Area.SCRATCH, "s", 0, Optional.empty()))),
            new JournalRecord.ScratchDropped(List.of("b")),
            new JournalRecord.UnitsLost(List.of("a")),
            new JournalRecord.ScratchMoved(Optional.empty()),
            new JournalRecord.Publishing(true, Map.of("k", List.of(1, "two"))),
            new JournalRecord.PublicationWithdrawn());

    @TempDir
    Path folder;

    private final RefusingDisk disk = new RefusingDisk(new RealDisk());
    private Path path;

    @BeforeEach
    void write() {
        path = folder.resolve("journal");
        Journal.create(disk, path, BEGUN);
        try (Journal journal =
                Journal.open(disk, path, JournalIndex.read(disk, path).readableBytes())) {
            LATER.forEach(journal::append);
        }
    }

    private List<JournalRecord> read() {
        List<JournalRecord> found = new ArrayList<>();
        Journal.read(disk, path, (offset, happened) -> found.add(happened));
        return found;
    }

    private static List<JournalRecord> all() {
        List<JournalRecord> all = new ArrayList<>(List.of(BEGUN));
        all.addAll(LATER);
        return all;
    }

    @Test
    void readsBackWhatWasWritten() {
        assertThat(read()).isEqualTo(all());
        assertThat(Journal.readBegun(disk, path)).contains(BEGUN);
    }

    @Test
    void theFirstRecordLiesWhereTheLayoutSays() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(new String(bytes, 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("CFJRNL1\n");
        int payloadBytes = fields.getInt(8);
        assertThat(bytes[16]).isEqualTo((byte) '{');
        assertThat(bytes[16 + payloadBytes - 1]).isEqualTo((byte) '}');
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 8, 4);
        checksum.update(bytes, 16, payloadBytes);
        assertThat(fields.getInt(12)).isEqualTo((int) checksum.getValue());
    }

    @Test
    void aFlippedBitAnywhereCostsOnlyTheRecordsFromThereOn() throws IOException {
        byte[] sound = Files.readAllBytes(path);
        List<Long> offsets = offsets();
        for (int at = 0; at < sound.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << bit);
                Files.write(path, damaged);

                assertThat(read())
                        .as("bit %d of byte %d", bit, at)
                        .isEqualTo(all().subList(0, recordsBefore(offsets, at)));
            }
        }
    }

    @Test
    void aCutAnywhereCostsOnlyTheCutRecordAndAppendingGoesOnFromThere() throws IOException {
        byte[] sound = Files.readAllBytes(path);
        List<Long> offsets = offsets();
        offsets.add((long) sound.length);
        for (int kept = 0; kept < sound.length; kept++) {
            Files.write(path, Arrays.copyOf(sound, kept));
            int whole = wholeRecords(offsets, kept);
            assertThat(read()).as("cut to %d bytes", kept).isEqualTo(all().subList(0, whole));
            if (whole == 0) {
                continue;
            }
            long readable = JournalIndex.read(disk, path).readableBytes();
            try (Journal journal = Journal.open(disk, path, readable)) {
                journal.append(LATER.getFirst());
            }
            List<JournalRecord> expected = new ArrayList<>(all().subList(0, whole));
            expected.add(LATER.getFirst());
            assertThat(read()).as("appended after %d bytes", kept).isEqualTo(expected);
        }
    }

    @Test
    void aTailOfZerosOrNoiseIsNoRecord() throws IOException {
        Files.write(path, new byte[4096], StandardOpenOption.APPEND);
        assertThat(read()).isEqualTo(all());

        byte[] noise = new byte[4096];
        new java.util.Random(7).nextBytes(noise);
        Files.write(path, noise, StandardOpenOption.APPEND);
        assertThat(read()).isEqualTo(all());
    }

    @Test
    void afterAFailedAppendNothingIsAppendedBehindIt() throws IOException {
        Path root = folder.toRealPath();
        // Operations: 1 append handle, 2 force, 3 write, 4 force of the first append.
        CrashingDisk failing = new CrashingDisk(root, CrashingDisk.Fault.NO_SPACE, 3, 1);
        RefusingDisk refusing = new RefusingDisk(failing);
        long readable = JournalIndex.read(disk, path).readableBytes();
        try (Journal journal = Journal.open(refusing, root.resolve("journal"), readable)) {
            assertThatThrownBy(() -> journal.append(LATER.getFirst()))
                    .isInstanceOf(io.cellferry.failure.RoomExhausted.class);
            assertThatThrownBy(() -> journal.append(LATER.getFirst()))
                    .isInstanceOf(io.cellferry.failure.RoomExhausted.class)
                    .hasMessageContaining("an earlier append failed");
        }
        assertThat(read()).isEqualTo(all());
    }

    @Test
    void aKindFromAnotherVersionIsRefusedNotCutAway() throws IOException {
        byte[] payload = "{\"kind\":\"from the future\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(payload.length).putInt(0).put(payload);
        CRC32C checksum = new CRC32C();
        checksum.update(frame.array(), 0, 4);
        checksum.update(payload, 0, payload.length);
        frame.putInt(4, (int) checksum.getValue());
        Files.write(path, frame.array(), StandardOpenOption.APPEND);

        assertThatThrownBy(this::read)
                .isInstanceOf(StorageFailed.class)
                .hasMessage(path + ": expected records this version of cellferry writes, found another kind.")
                .extracting(e -> ((StorageFailed) e).remedy())
                .isEqualTo("Resume the run with the cellferry that started it, or give it up with cellferry clean.");
    }

    private List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        Journal.read(disk, path, (offset, happened) -> offsets.add(offset));
        return offsets;
    }

    private static int recordsBefore(List<Long> offsets, int damagedByte) {
        return Math.max(
                0,
                (int) offsets.stream().filter(offset -> offset <= damagedByte).count() - 1);
    }

    private static int wholeRecords(List<Long> offsetsAndEnd, int kept) {
        return Math.max(
                0, (int) offsetsAndEnd.stream().filter(offset -> offset <= kept).count() - 1);
    }
}
