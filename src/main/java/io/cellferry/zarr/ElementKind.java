package io.cellferry.zarr;

import java.util.List;

/// What one element of a stored array is.
public sealed interface ElementKind {

    /// Bytes of one element once decoded; 0 for texts of any length.
    int bytes();

    /// A number or flag. Decoded chunks hold the lowest byte first, whatever the store does.
    record Number(ZarrType type, boolean bigEndian) implements ElementKind {
        @Override
        public int bytes() {
            return type.bytes();
        }
    }

    /// UTF-8 texts of any length.
    record Text() implements ElementKind {
        @Override
        public int bytes() {
            return 0;
        }
    }

    /// `characters` UTF-32 characters, filled up with zeros.
    record WideText(int characters, boolean bigEndian) implements ElementKind {
        @Override
        public int bytes() {
            return Math.multiplyExact(characters, Integer.BYTES);
        }
    }

    /// Bytes, filled up with zeros.
    record ByteText(int length) implements ElementKind {
        @Override
        public int bytes() {
            return length;
        }
    }

    /// A row of a table.
    record Row(List<Field> fields) implements ElementKind {
        public Row {
            fields = List.copyOf(fields);
        }

        @Override
        public int bytes() {
            return fields.isEmpty()
                    ? 0
                    : fields.getLast().offset()
                            + Math.multiplyExact(
                                    fields.getLast().kind().bytes(),
                                    fields.getLast().repeated());
        }
    }

    /// One column of a table: a value of `kind` at `offset` of each row, or a small array of them with the extents
    /// `inner`.
    record Field(String name, int offset, ElementKind kind, List<Integer> inner) {
        public Field {
            inner = List.copyOf(inner);
        }

        /// Values in each row.
        public int repeated() {
            return inner.stream().reduce(1, Math::multiplyExact);
        }
    }

    /// Something that is not read here.
    record Other(String name, int bytes) implements ElementKind {}
}
