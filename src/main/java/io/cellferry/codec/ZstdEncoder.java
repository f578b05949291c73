package io.cellferry.codec;

import io.airlift.compress.v3.zstd.ZstdJavaCompressor;

/// One zstd frame, about as small as the reference at level 2.
///
/// Always the Java implementation: the native one would be another version on another machine, and give other bytes.
public final class ZstdEncoder implements Encoder {

    private final ZstdJavaCompressor compressor = new ZstdJavaCompressor();

    @Override
    public int mostBytes(int count) {
        return compressor.maxCompressedLength(count);
    }

    @Override
    public int encode(byte[] in, int from, int count, byte[] out, int at) {
        return compressor.compress(in, from, count, out, at, mostBytes(count));
    }
}
