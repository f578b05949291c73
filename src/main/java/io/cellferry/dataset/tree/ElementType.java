package io.cellferry.dataset.tree;

import java.util.List;

/// What one element of a data set is. Byte order and padding are already dealt with.
public sealed interface ElementType {

    /// A short name: `float32`, `uint64`, `bool`, `text`.
    String name();

    record Whole(int bytes, boolean signed) implements ElementType {
        @Override
        public String name() {
            return (signed ? "int" : "uint") + 8 * bytes;
        }
    }

    /// IEEE numbers of 2, 4 or 8 bytes.
    record Real(int bytes) implements ElementType {
        @Override
        public String name() {
            return "float" + 8 * bytes;
        }
    }

    /// h5py's bool: an enumeration of FALSE and TRUE in one byte.
    record Flag() implements ElementType {
        @Override
        public String name() {
            return "bool";
        }
    }

    record Text() implements ElementType {
        @Override
        public String name() {
            return "text";
        }
    }

    /// `names` in order of their numbers; elements are delivered as those numbers.
    record Enumeration(List<String> names) implements ElementType {
        public Enumeration {
            names = List.copyOf(names);
        }

        @Override
        public String name() {
            return "enumeration of %,d names".formatted(names.size());
        }
    }

    /// One row of a table; see [TreeArray#field].
    record Compound(List<Field> fields) implements ElementType {
        public Compound {
            fields = List.copyOf(fields);
        }

        @Override
        public String name() {
            return "compound of %,d fields".formatted(fields.size());
        }
    }

    record Field(String name, ElementType type) {}

    /// A small array inside every element, as in the embeddings of old AnnData files.
    record SubArray(ElementType element, List<Integer> shape) implements ElementType {
        public SubArray {
            shape = List.copyOf(shape);
        }

        @Override
        public String name() {
            return "%s of %s".formatted(shape, element.name());
        }
    }

    /// The address of another object of the file.
    record Reference() implements ElementType {
        @Override
        public String name() {
            return "reference";
        }
    }

    /// Anything that is not read here; `name` says what it is.
    record Other(String name) implements ElementType {}
}
