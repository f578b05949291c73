package io.cellferry.codec;

import io.airlift.compress.v3.zstd.ZstdJavaCompressor;

/// A zstd frame for each stream.
final class ZstdStream implements StreamEncoder {

    private final ZstdJavaCompressor compressor = new ZstdJavaCompressor();

    @Override
    public int room(int count) {
        return compressor.maxCompressedLength(count);
    }

    @Override
    public int encode(byte[] in, int from, int count, byte[] out, int at) {
        return compressor.compress(in, from, count, out, at, room(count));
    }
}
