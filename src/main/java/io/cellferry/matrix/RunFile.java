package io.cellferry.matrix;

/// The layout of a *run*: the values of one block of cells, gene by gene. Version 2.
///
/// A run is a scratch file that only the run which wrote it reads. Numbers are little-endian, integers unsigned unless
/// said otherwise. Everything that is only known at the end stands at the end, so a run can be streamed:
///
/// | part | bytes |
/// |---|---|
/// | payload: the [PackedSlice] of every position with values, ascending | `payloadBytes` |
/// | table: one record per group of 16 positions, the last one filled up with empty positions | 156 x groups |
/// | the [RowDictionaries], where there are any | 1 x cells + 4 or 8 x values |
/// | footer | 56 |
///
/// | record at | bytes | |
/// |---|---|---|
/// | 0 | 4 | first cell of the block: the record belongs to this run |
/// | 4 | 4 | number of the group: it stands where it should |
/// | 8 | 8 | offset of the group's first slice in the payload |
/// | 16 | 4 | CRC32C of the group's slices |
/// | 20 | 4 | bit `i` where the slice of the `i`-th position of the group is wide, bit `16 + i` where it is coded |
/// | 24 | 16 x 4 | stored values of each position |
/// | 88 | 16 x 4 | end of each slice, counted from the group's first slice |
/// | 152 | 4 | CRC32C of bytes 0–151 |
///
/// | footer at | bytes | |
/// |---|---|---|
/// | 0 | 8 | `cell-run` in ASCII |
/// | 8 | 4 | version |
/// | 12 | 4 | value type: 1 float32, 2 int32, 3 uint32, 4 float64, 5 int64, 6 uint64 |
/// | 16 | 4 | first cell of the block |
/// | 20 | 4 | end of the block |
/// | 24 | 8 | stored values |
/// | 32 | 8 | `payloadBytes` |
/// | 40 | 4 | positions |
/// | 44 | 4 | values in dictionaries |
/// | 48 | 4 | CRC32C of the dictionaries |
/// | 52 | 4 | CRC32C of bytes 0–51 |
///
/// Every byte is under exactly one checksum, and each checksum covers a piece that is read as a whole: footer,
/// dictionaries, record, group. So whoever reads a few genes checks everything used and nothing more.
///
/// 16 positions share a record because a group is the least that can be read: smaller ones make the table larger
/// (11.5 bytes a position at 8, 9.75 here), larger ones are read in vain where a batch of genes ends. A group holds
/// 16 x 65,536 values at most, so offsets within it fit 4 bytes.
final class RunFile {

    static final byte[] MAGIC = {'c', 'e', 'l', 'l', '-', 'r', 'u', 'n'};
    static final int VERSION = 2;

    static final int GROUP_POSITIONS = 16;

    static final int RECORD_BYTES = 156;
    static final int RECORD_FIRST_CELL = 0;
    static final int RECORD_GROUP = 4;
    static final int RECORD_OFFSET = 8;
    static final int RECORD_PAYLOAD_CRC = 16;
    static final int RECORD_KINDS = 20;
    static final int RECORD_COUNTS = 24;
    static final int RECORD_ENDS = 88;
    static final int RECORD_CRC = 152;

    static final int FOOTER_BYTES = 56;
    static final int FOOTER_CRC = 52;

    private RunFile() {}

    /// How a record marks the slice of its first position; the others follow bit by bit.
    static int mark(SliceKind kind) {
        return switch (kind) {
            case COUNTS -> 0;
            case WIDE -> 1;
            case CODED -> 1 << GROUP_POSITIONS;
        };
    }

    /// The reverse for the `position`-th position of a record with `marks`.
    static SliceKind kind(int marks, int position) {
        if ((marks >>> position & mark(SliceKind.WIDE)) != 0) {
            return SliceKind.WIDE;
        }
        return (marks >>> position & mark(SliceKind.CODED)) == 0 ? SliceKind.COUNTS : SliceKind.CODED;
    }

    /// Groups of a run with `positions` positions; also the end of the groups that `[0, positions)` touches.
    static int groups(int positions) {
        return positions / GROUP_POSITIONS + (positions % GROUP_POSITIONS == 0 ? 0 : 1);
    }

    static long tableBytes(int positions) {
        return (long) groups(positions) * RECORD_BYTES;
    }
}
