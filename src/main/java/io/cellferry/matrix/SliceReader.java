package io.cellferry.matrix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Reads slices of runs, a range of positions at a time, and checks them.
///
/// Buffers are kept from run to run: the records of the range (9.75 bytes per position), and a piece of payload of
/// 1 MiB, or of one group where that is longer (at most 16 x 65,536 cells x 11 bytes = 11 MiB). Used by one thread.
final class SliceReader {

    /// Receives a packed slice that has been checked. `payload[from, to)` is lent for the time of the call.
    @FunctionalInterface
    interface SliceVisitor {
        void slice(int position, int storedValues, SliceKind kind, byte[] payload, int from, int to);
    }

    private final CRC32C checksum = new CRC32C();
    private byte[] records = new byte[0];
    private ByteBuffer table = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
    private byte[] payload = new byte[0];

    /// Calls `visitor` for each of `positions` that has values, ascending.
    void read(RunReader run, GeneRange positions, SliceVisitor visitor) {
        int firstGroup = loadRecords(run, positions);
        int groups = RunFile.groups(positions.to()) - firstGroup;
        int group = 0;
        while (group < groups) {
            // Neighbouring groups lie side by side: as many as fit the buffer come with one read.
            long offset = payloadOffset(group);
            int end = group + 1;
            while (end < groups && payloadEnd(end) - offset <= RunReader.READ_BYTES) {
                end++;
            }
            int bytes = Math.toIntExact(payloadEnd(end - 1) - offset);
            if (payload.length < bytes) {
                payload = new byte[0]; // lets the old array go before the larger one comes
                payload = new byte[Math.max(bytes, RunReader.READ_BYTES)];
            }
            run.read(offset, payload, bytes);
            for (; group < end; group++) {
                int groupStart = Math.toIntExact(payloadOffset(group) - offset);
                checkPayload(run, firstGroup, group, groupStart);
                visitGroup(firstGroup, group, groupStart, positions, visitor);
            }
        }
    }

    /// Adds the stored values of each of `positions` to `counts`, which begins with the first of them.
    void addCounts(RunReader run, GeneRange positions, long[] counts) {
        int firstGroup = loadRecords(run, positions);
        for (int position = positions.from(); position < positions.to(); position++) {
            int group = position / RunFile.GROUP_POSITIONS - firstGroup;
            counts[position - positions.from()] +=
                    entry(group, RunFile.RECORD_COUNTS, position % RunFile.GROUP_POSITIONS);
        }
    }

    private void visitGroup(int firstGroup, int group, int groupStart, GeneRange positions, SliceVisitor visitor) {
        int firstPosition = (firstGroup + group) * RunFile.GROUP_POSITIONS;
        int marks = table.getInt(group * RunFile.RECORD_BYTES + RunFile.RECORD_KINDS);
        int from = groupStart;
        for (int i = 0; i < RunFile.GROUP_POSITIONS; i++) {
            int to = groupStart + entry(group, RunFile.RECORD_ENDS, i);
            int storedValues = entry(group, RunFile.RECORD_COUNTS, i);
            int position = firstPosition + i;
            if (storedValues > 0 && position >= positions.from() && position < positions.to()) {
                visitor.slice(position, storedValues, RunFile.kind(marks, i), payload, from, to);
            }
            from = to;
        }
    }

    /// Loads and checks the records that `positions` touch. Returns the number of the first group.
    private int loadRecords(RunReader run, GeneRange positions) {
        int firstGroup = positions.from() / RunFile.GROUP_POSITIONS;
        int groups = Math.max(0, RunFile.groups(positions.to()) - firstGroup);
        int bytes = Math.multiplyExact(groups, RunFile.RECORD_BYTES);
        if (records.length < bytes) {
            records = new byte[bytes];
            table = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
        }
        run.read(run.footer().payloadBytes() + (long) firstGroup * RunFile.RECORD_BYTES, records, bytes);
        for (int group = 0; group < groups; group++) {
            checkRecord(run, firstGroup, group);
        }
        return firstGroup;
    }

    private void checkRecord(RunReader run, int firstGroup, int group) {
        int record = group * RunFile.RECORD_BYTES;
        checksum.reset();
        checksum.update(records, record, RunFile.RECORD_CRC);
        int found = (int) checksum.getValue();
        int recorded = table.getInt(record + RunFile.RECORD_CRC);
        if (found != recorded) {
            throw run.damaged("record %,d of its table has checksum %08x where %08x is recorded"
                    .formatted(firstGroup + group, found, recorded));
        }
        int firstCell = table.getInt(record + RunFile.RECORD_FIRST_CELL);
        int number = table.getInt(record + RunFile.RECORD_GROUP);
        if (firstCell != run.footer().cells().from() || number != firstGroup + group) {
            throw run.damaged("record %,d of its table is record %,d of the run that begins at cell %,d"
                    .formatted(firstGroup + group, number, firstCell));
        }
    }

    private void checkPayload(RunReader run, int firstGroup, int group, int groupStart) {
        checksum.reset();
        checksum.update(payload, groupStart, groupBytes(group));
        int found = (int) checksum.getValue();
        int recorded = table.getInt(group * RunFile.RECORD_BYTES + RunFile.RECORD_PAYLOAD_CRC);
        if (found != recorded) {
            throw run.damaged("group %,d of its payload has checksum %08x where %08x is recorded"
                    .formatted(firstGroup + group, found, recorded));
        }
    }

    private long payloadOffset(int group) {
        return table.getLong(group * RunFile.RECORD_BYTES + RunFile.RECORD_OFFSET);
    }

    private long payloadEnd(int group) {
        return payloadOffset(group) + groupBytes(group);
    }

    private int groupBytes(int group) {
        return entry(group, RunFile.RECORD_ENDS, RunFile.GROUP_POSITIONS - 1);
    }

    private int entry(int group, int field, int position) {
        return table.getInt(group * RunFile.RECORD_BYTES + field + position * Integer.BYTES);
    }
}
