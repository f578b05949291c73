package io.cellferry.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The files that journal records claim, as 128 bits of SHA-256 each: two paths never meet in practice, and a file
/// takes 32 to 64 bytes here (96 while the table grows) instead of several hundred as a string in a set.
final class ClaimedPaths {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final MessageDigest digest = Sha256.start();

    /// Open addressing with two words per entry; an all-zero entry is free.
    private long[] words = new long[2 * FIRST_CAPACITY];

    private int claimed;

    void add(Area area, String path) {
        ByteBuffer key = key(area, path);
        if (insert(words, key.getLong(0), key.getLong(8))) {
            claimed++;
        }
        if (claimed > words.length / 4) { // Half full.
            grow();
        }
    }

    boolean contains(Area area, String path) {
        ByteBuffer key = key(area, path);
        long first = key.getLong(0);
        long second = key.getLong(8);
        int entry = find(words, first, second);
        return words[entry] == first && words[entry + 1] == second;
    }

    private void grow() {
        long[] grown = new long[Math.multiplyExact(words.length, 2)];
        for (int entry = 0; entry < words.length; entry += 2) {
            if ((words[entry] | words[entry + 1]) != 0) {
                insert(grown, words[entry], words[entry + 1]);
            }
        }
        words = grown;
    }

    private static boolean insert(long[] table, long first, long second) {
        int entry = find(table, first, second);
        boolean added = (table[entry] | table[entry + 1]) == 0;
        table[entry] = first;
        table[entry + 1] = second;
        return added;
    }

    /// Where the key is or would be.
    private static int find(long[] table, long first, long second) {
        int entries = table.length / 2;
        int entry = (int) (first & (entries - 1));
        while ((table[2 * entry] | table[2 * entry + 1]) != 0
                && !(table[2 * entry] == first && table[2 * entry + 1] == second)) {
            entry = (entry + 1) & (entries - 1);
        }
        return 2 * entry;
    }

    private ByteBuffer key(Area area, String path) {
        digest.update(area.name().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '/');
        return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    }
}
