package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.StoredFilter.Packing;
import java.util.ArrayList;
import java.util.List;

/// Texts packed together with their lengths, as runs of equal texts or as places in a dictionary. Numbers are
/// stored highest byte first, in as few bytes as the largest needs.
///
/// Metadata: parts of metadata (4 bytes, 0), parts of data (4, 1), size of the texts (4), of the packed data (4),
/// of the offsets left out (4). Then for runs: bytes of a run's length (1), bytes of a text's length (1). For a
/// dictionary: bytes of a place (1), bytes of a text's length (1), size of the dictionary (4), the dictionary:
/// length and bytes of each text.
final class PackedTexts {

    private PackedTexts() {}

    static void unpack(StoredFilter.Compression packed, Chunk chunk, TextTile into) {
        ByteReader metadata = chunk.metadata();
        int metadataParts = metadata.int32();
        int dataParts = metadata.int32();
        if (metadataParts != 0 || dataParts != 1) {
            throw new Malformed(
                    "packed texts in %d and %d parts, expected 0 and 1".formatted(metadataParts, dataParts));
        }
        metadata.step(Integer.BYTES);
        int packedBytes = metadata.int32();
        metadata.step(Integer.BYTES);
        // Writers may leave room behind what they packed.
        ByteReader data = new ByteReader(chunk.data(), chunk.from(), chunk.count());
        int start = data.step(Math.min(packedBytes, chunk.count()));
        ByteReader in = new ByteReader(chunk.data(), start, Math.min(packedBytes, chunk.count()));
        if (packed.packing() == Packing.RUNS) {
            runs(metadata, in, into);
        } else {
            places(metadata, in, into);
        }
    }

    private static void runs(ByteReader metadata, ByteReader in, TextTile into) {
        int runWidth = metadata.unsignedByte();
        int lengthWidth = metadata.unsignedByte();
        while (in.remaining() > 0) {
            int run = number(in, runWidth);
            int length = number(in, lengthWidth);
            int at = in.step(length);
            for (int i = 0; i < run; i++) {
                into.add(in.array(), at, length);
            }
        }
    }

    private static void places(ByteReader metadata, ByteReader in, TextTile into) {
        int placeWidth = metadata.unsignedByte();
        int lengthWidth = metadata.unsignedByte();
        ByteReader dictionary = new ByteReader(metadata.copy(metadata.int32()));
        List<int[]> texts = new ArrayList<>();
        while (dictionary.remaining() > 0) {
            int length = number(dictionary, lengthWidth);
            texts.add(new int[] {dictionary.step(length), length});
        }
        while (in.remaining() > 0) {
            int place = number(in, placeWidth);
            if (place >= texts.size()) {
                throw new Malformed("a text has place %,d in a dictionary of %,d".formatted(place, texts.size()));
            }
            into.add(dictionary.array(), texts.get(place)[0], texts.get(place)[1]);
        }
    }

    private static int number(ByteReader in, int width) {
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw new Malformed("numbers of %d bytes, expected 1, 2, 4 or 8".formatted(width));
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | in.unsignedByte();
        }
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new Malformed("a length of %,d".formatted(value));
        }
        return (int) value;
    }
}
