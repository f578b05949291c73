package io.cellferry.matrix;

import io.cellferry.failure.StorageFailed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// What a run says about itself at its end: the block it was made from, how many of its values it holds (those of
/// wanted genes), how long its payload is, and what its dictionaries hold.
public record RunFooter(
        CellRange cells,
        int positions,
        ValueType valueType,
        long storedValues,
        long payloadBytes,
        int dictionaryValues,
        int dictionaryChecksum) {

    public RunFooter {
        if (positions < 0 || storedValues < 0 || payloadBytes < 0 || dictionaryValues < 0) {
            throw new IllegalArgumentException(
                    "a run of %,d positions, %,d stored values, %,d payload bytes and %,d values in dictionaries"
                            .formatted(positions, storedValues, payloadBytes, dictionaryValues));
        }
    }

    /// Size of the whole file.
    public long fileBytes() {
        return dictionariesAt()
                + RowDictionaries.fileBytes(valueType, cells.count(), dictionaryValues)
                + RunFile.FOOTER_BYTES;
    }

    /// Where the dictionaries begin in the file.
    long dictionariesAt() {
        return payloadBytes + RunFile.tableBytes(positions);
    }

    byte[] toBytes() {
        byte[] bytes = new byte[RunFile.FOOTER_BYTES];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(RunFile.MAGIC)
                .putInt(RunFile.VERSION)
                .putInt(code(valueType))
                .putInt(cells.from())
                .putInt(cells.to())
                .putLong(storedValues)
                .putLong(payloadBytes)
                .putInt(positions)
                .putInt(dictionaryValues)
                .putInt(dictionaryChecksum)
                .putInt(checksum(bytes));
        return bytes;
    }

    /// Reads the footer of `file`, which has `fileBytes` bytes in all.
    static RunFooter of(Path file, long fileBytes, byte[] bytes) {
        if (!Arrays.equals(bytes, 0, RunFile.MAGIC.length, RunFile.MAGIC, 0, RunFile.MAGIC.length)) {
            throw damaged(file, "its last %d bytes are not the end of a run".formatted(RunFile.FOOTER_BYTES));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int storedChecksum = in.getInt(RunFile.FOOTER_CRC);
        if (storedChecksum != checksum(bytes)) {
            throw damaged(
                    file,
                    "its footer has checksum %08x where %08x is recorded".formatted(checksum(bytes), storedChecksum));
        }
        int version = in.position(RunFile.MAGIC.length).getInt();
        if (version != RunFile.VERSION) {
            throw new StorageFailed(
                    "%s: the scratch file has version %d of its format, expected %d"
                            .formatted(file, version, RunFile.VERSION),
                    "Another version of cellferry began this run. Finish it with that version, or remove it with"
                            + " 'cellferry clean' and start over.");
        }
        ValueType type = type(file, in.getInt());
        CellRange cells = new CellRange(in.getInt(), in.getInt());
        long storedValues = in.getLong();
        long payloadBytes = in.getLong();
        RunFooter footer =
                new RunFooter(cells, in.getInt(), type, storedValues, payloadBytes, in.getInt(), in.getInt());
        if (footer.fileBytes() != fileBytes) {
            throw damaged(
                    file, "it has %,d bytes where its footer asks for %,d".formatted(fileBytes, footer.fileBytes()));
        }
        return footer;
    }

    /// The refusal for a run whose bytes are not the ones that were written.
    static StorageFailed damaged(Path file, String found) {
        return new StorageFailed(
                "%s: the scratch file is damaged: %s.".formatted(file, found),
                "Check the disk it lies on, then run the same command again. If it stops here again, 'cellferry clean'"
                        + " removes what this run has written so far, and the same command starts over.");
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, RunFile.FOOTER_CRC);
        return (int) crc.getValue();
    }

    private static int code(ValueType type) {
        return switch (type) {
            case FLOAT32 -> 1;
            case INT32 -> 2;
            case UINT32 -> 3;
            case FLOAT64 -> 4;
            case INT64 -> 5;
            case UINT64 -> 6;
        };
    }

    private static ValueType type(Path file, int code) {
        for (ValueType type : ValueType.values()) {
            if (code(type) == code) {
                return type;
            }
        }
        throw damaged(file, "its value type %d is unknown".formatted(code));
    }
}
