package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import java.util.HashSet;
import java.util.Set;

/// Walks all directories of a file, first to last.
final class DirectoryChain {

    /// What is kept of each takes about half a kilobyte.
    static final int MOST_DIRECTORIES = 100_000;

    private DirectoryChain() {}

    /// Shows each directory to `visitor`, in order. A chain that comes back to where it was or leaves the file is
    /// [Malformed], naming the directory.
    static void walk(TiffBytes bytes, TiffHeader header, Visitor visitor) {
        Set<Long> seen = new HashSet<>();
        long offset = header.firstDirectory();
        if (offset == 0) {
            throw new Malformed("the header names no directory");
        }
        for (int number = 0; offset != 0; number++) {
            if (!seen.add(offset)) {
                throw new Malformed("directory %d lies at offset %,d, where an earlier one does: the chain is a circle"
                        .formatted(number, offset));
            }
            if (number == MOST_DIRECTORIES) {
                throw new Malformed(
                        "there are more than the %,d directories that are read".formatted(MOST_DIRECTORIES));
            }
            try {
                Directory directory = Directory.read(bytes, header, offset);
                visitor.visit(directory, number);
                offset = directory.next();
            } catch (Malformed e) {
                throw new Malformed(
                        "directory %d at offset %s: %s".formatted(number, Long.toUnsignedString(offset), e.found()), e);
            }
        }
    }

    /// Is shown one directory, counted from 0.
    @FunctionalInterface
    interface Visitor {
        void visit(Directory directory, int number);
    }
}
