package io.cellferry.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// One chunk of rows while it is put together, a field at a time. Fields lie one behind the other without gaps, as both
/// versions of the format want it.
///
/// Owns its bytes: a chunk as it lies in memory. One thread.
public final class RowChunk {

    private final List<RowField> fields;
    private final int[] offsets;
    private final int rowBytes;
    private final int rows;
    private final ByteBuffer bytes;

    public RowChunk(ArrayLayout layout) {
        this.fields = layout.fields();
        this.offsets = new int[fields.size()];
        for (int field = 1; field < offsets.length; field++) {
            offsets[field] = offsets[field - 1] + fields.get(field - 1).bytes();
        }
        this.rowBytes = layout.elementBytes();
        this.rows = layout.chunkElements();
        this.bytes = ByteBuffer.allocate(Math.multiplyExact(rows, rowBytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Begins the next chunk: whatever is not given stays zero.
    public void clear() {
        Arrays.fill(bytes.array(), (byte) 0);
    }

    /// The chunk, for [ChunkFileWriter#chunk(byte[])].
    public byte[] bytes() {
        return bytes.array();
    }

    /// Values of a field as raw bits of four bytes, or of less where its type is narrower, row by row.
    public void numbers(int field, int[] values, int count) {
        RowField written = fields.get(field);
        int repeated = repeated(field, count);
        for (int row = 0; row * repeated < count; row++) {
            bytes.position(row * rowBytes + offsets[field]);
            switch (written.type()) {
                case INT32, UINT32, FLOAT32 -> {
                    for (int i = 0; i < repeated; i++) {
                        bytes.putInt(values[row * repeated + i]);
                    }
                }
                case BOOL, INT8, INT16, UINT8, UINT16, FLOAT16 ->
                    Narrowing.put(written.type(), values, row * repeated, repeated, bytes);
                case INT64, UINT64, FLOAT64, TEXT, ROW -> throw wrongType(written, "values of four bytes");
            }
        }
    }

    /// The same as raw bits of eight bytes.
    public void numbers(int field, long[] values, int count) {
        RowField written = fields.get(field);
        if (written.type().bytes() != Long.BYTES) {
            throw wrongType(written, "values of eight bytes");
        }
        int repeated = repeated(field, count);
        for (int row = 0; row * repeated < count; row++) {
            bytes.position(row * rowBytes + offsets[field]);
            for (int i = 0; i < repeated; i++) {
                bytes.putLong(values[row * repeated + i]);
            }
        }
    }

    /// One text a row, none longer than the field has room for.
    public void texts(int field, List<String> texts) {
        RowField written = fields.get(field);
        if (written.type() != ZarrType.TEXT || repeated(field, texts.size()) != 1) {
            throw wrongType(written, "texts");
        }
        for (int row = 0; row < texts.size(); row++) {
            int[] characters = texts.get(row).codePoints().toArray();
            if (characters.length > written.characters()) {
                throw new IllegalArgumentException("field \"%s\" has room for %,d characters, not for %,d"
                        .formatted(written.name(), written.characters(), characters.length));
            }
            bytes.position(row * rowBytes + offsets[field]);
            for (int character : characters) {
                bytes.putInt(character);
            }
        }
    }

    private int repeated(int field, int count) {
        int repeated = fields.get(field).repeated();
        if (count % repeated != 0 || count / repeated > rows) {
            throw new IllegalArgumentException(
                    "%,d values for a chunk of %,d rows of %,d".formatted(count, rows, repeated));
        }
        return repeated;
    }

    private static IllegalArgumentException wrongType(RowField field, String given) {
        return new IllegalArgumentException("%s for field \"%s\" of %s"
                .formatted(given, field.name(), field.type().word()));
    }
}
