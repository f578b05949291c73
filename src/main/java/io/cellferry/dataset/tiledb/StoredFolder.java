package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// The files of one experiment: a folder on disk, or the content of a small archive. Names are relative paths with
/// `/`; the root is the empty text. Safe for several threads.
public interface StoredFolder {

    /// Schemas, footers and tile tables of real arrays have a few megabytes at most.
    int MOST_DOCUMENT_BYTES = 256 << 20;

    /// What the user named.
    Path path();

    /// Names of all files and folders directly in `folder` in alphabetical order; none when there is no such folder.
    List<String> names(String folder);

    boolean isFolder(String name);

    /// Bytes of the file `name`; empty when there is none.
    OptionalLong size(String name);

    /// Reads `count` bytes from `at` on into the start of `into`; a file that ends before is [Malformed].
    void read(String name, long at, byte[] into, int count);

    default boolean isFile(String name) {
        return size(name).isPresent();
    }

    /// A whole small file.
    default byte[] document(String name) {
        long size = size(name).orElseThrow(() -> refusal(name, new Malformed("it is missing")));
        if (size > MOST_DOCUMENT_BYTES) {
            throw refusal(name, new Malformed("it has %,d bytes where metadata were expected".formatted(size)));
        }
        byte[] bytes = new byte[(int) size];
        read(name, 0, bytes, bytes.length);
        return bytes;
    }

    /// What is wrong with the file `name`, for whoever made it.
    default InputRefused refusal(String name, Malformed found) {
        return new InputRefused(
                "%s: %s cannot be read: %s.".formatted(path(), name, found.getMessage()),
                "Copy the experiment again and compare it with the original; if that is the same, write it again from "
                        + "its source.",
                found);
    }

    /// `folder/name`, or `name` alone in the root.
    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
