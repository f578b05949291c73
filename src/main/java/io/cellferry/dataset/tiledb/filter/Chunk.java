package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Sizes;

/// One chunk of a tile on its way back through the filters: the metadata the filters left, and the data.
///
/// Two pairs of arrays take turns: a filter reads from one and writes to the other. Owned by one [TileDecoder],
/// grows to the largest chunk met (64 KiB in practice) and is bounded by [TileDecoder#MOST_TILE_BYTES].
final class Chunk {

    private byte[] metadata = new byte[0];
    private byte[] otherMetadata = new byte[0];
    private byte[] data = new byte[0];
    private byte[] otherData = new byte[0];
    private byte[] lent = new byte[0];
    private int from;
    private int count;
    private ByteReader reader = new ByteReader(new byte[0]);

    /// Starts with stored bytes that stay where they are.
    void start(byte[] stored, int metadataFrom, int metadataCount, int dataFrom, int dataCount) {
        reader = new ByteReader(stored, metadataFrom, metadataCount);
        lent = stored;
        from = dataFrom;
        count = dataCount;
    }

    /// What is left of the metadata.
    ByteReader metadata() {
        return reader;
    }

    /// The array that holds the data from [#from] on.
    byte[] data() {
        return lent;
    }

    int from() {
        return from;
    }

    int count() {
        return count;
    }

    /// Room for `bytes` of data that the present data do not lie in.
    byte[] dataRoom(long bytes) {
        Sizes.check(bytes, TileDecoder.MOST_TILE_BYTES, "decoded");
        byte[] room = lent == data ? otherData : data;
        if (room.length < bytes) {
            room = new byte[(int) Math.max(bytes, 1 << 16)];
        }
        return room;
    }

    /// The filter has written `made` bytes to the array it got from [#dataRoom].
    void dataAre(byte[] room, int made) {
        if (lent == data) {
            otherData = room;
        } else {
            data = room;
        }
        lent = room;
        from = 0;
        count = made;
    }

    byte[] metadataRoom(long bytes) {
        Sizes.check(bytes, TileDecoder.MOST_TILE_BYTES, "decoded");
        byte[] spare = otherMetadata;
        otherMetadata = metadata;
        metadata = spare.length < bytes ? new byte[(int) Math.max(bytes, 1 << 10)] : spare;
        return metadata;
    }

    void metadataAre(byte[] room, int made) {
        reader = new ByteReader(room, 0, made);
    }
}
