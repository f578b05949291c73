package io.cellferry.matrix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The table of a run while the run is written. 9.75 bytes per position, kept from run to run.
final class RunTable {

    private final byte[] bytes;
    private final ByteBuffer table;
    private final CRC32C checksum = new CRC32C();
    private int firstCell;
    private int record;

    RunTable(int positions) {
        this.bytes = new byte[Math.toIntExact(RunFile.tableBytes(positions))];
        this.table = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void reset(int firstCell) {
        this.firstCell = firstCell;
    }

    /// Begins the record of `group`, whose slices begin at `payloadOffset`; all its positions are empty so far.
    void begin(int group, long payloadOffset) {
        record = group * RunFile.RECORD_BYTES;
        table.putInt(record + RunFile.RECORD_FIRST_CELL, firstCell)
                .putInt(record + RunFile.RECORD_GROUP, group)
                .putLong(record + RunFile.RECORD_OFFSET, payloadOffset)
                .putInt(record + RunFile.RECORD_KINDS, 0);
        for (int position = 0; position < RunFile.GROUP_POSITIONS; position++) {
            table.putInt(record + RunFile.RECORD_COUNTS + position * Integer.BYTES, 0);
            table.putInt(record + RunFile.RECORD_ENDS + position * Integer.BYTES, 0);
        }
    }

    /// Records the slice of the group's `position`-th position, which ends `end` bytes behind the group's start.
    void slice(int position, int storedValues, int end, SliceKind kind) {
        table.putInt(record + RunFile.RECORD_COUNTS + position * Integer.BYTES, storedValues);
        table.putInt(record + RunFile.RECORD_ENDS + position * Integer.BYTES, end);
        int marks = table.getInt(record + RunFile.RECORD_KINDS);
        table.putInt(record + RunFile.RECORD_KINDS, marks | RunFile.mark(kind) << position);
    }

    void finish(int payloadChecksum) {
        table.putInt(record + RunFile.RECORD_PAYLOAD_CRC, payloadChecksum);
        checksum.reset();
        checksum.update(bytes, record, RunFile.RECORD_CRC);
        table.putInt(record + RunFile.RECORD_CRC, (int) checksum.getValue());
    }

    byte[] bytes() {
        return bytes;
    }
}
