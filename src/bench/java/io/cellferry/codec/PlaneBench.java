package io.cellferry.codec;

import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Size and CPU time of LZ4 on planes of bytes, ours and aircompressor's in turn, and of whole Blosc containers.
/// Arguments: a file of little-endian elements as they lie in memory, bytes of an element (1, 2, 4 or 8), rounds. Planes
/// that are one byte throughout are left out. Prints the fastest round. Outside of the normal build:
///
/// ```
/// javac -d target/bench -cp target/classes:AIRCOMPRESSOR src/bench/java/io/cellferry/codec/PlaneBench.java
/// java -cp target/classes:target/bench:AIRCOMPRESSOR io.cellferry.codec.PlaneBench FILE 2 10
/// ```
public final class PlaneBench {

    private static final int BLOCK = BloscEncoder.BLOCK_ELEMENTS;

    private PlaneBench() {}

    public static void main(String[] arguments) throws IOException {
        byte[] elements = Files.readAllBytes(Path.of(arguments[0]));
        int width = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int blocks = elements.length / width / BLOCK;
        var ours = new Lz4Encoder();
        var theirs = new Lz4JavaCompressor();
        byte[] out = new byte[theirs.maxCompressedLength(BLOCK)];
        for (int plane = 0; plane < width; plane++) {
            byte[][] planes = planes(elements, width, blocks, plane);
            report("plane %d, ours".formatted(plane), planes, rounds, in -> ours.encode(in, 0, BLOCK, out, 0));
            report(
                    "plane %d, aircompressor".formatted(plane),
                    planes,
                    rounds,
                    in -> theirs.compress(in, 0, BLOCK, out, 0, out.length));
        }
        BloscEncoder blosc = BloscEncoder.lz4(width);
        byte[] container = new byte[blosc.mostBytes(BLOCK * width)];
        byte[][] chunks = new byte[blocks][];
        for (int block = 0; block < blocks; block++) {
            chunks[block] = Arrays.copyOfRange(elements, block * BLOCK * width, (block + 1) * BLOCK * width);
        }
        report("blosc", chunks, rounds, in -> blosc.encode(in, 0, in.length, container, 0));
    }

    private static byte[][] planes(byte[] elements, int width, int blocks, int plane) {
        byte[][] planes = new byte[blocks][BLOCK];
        for (int block = 0; block < blocks; block++) {
            new BytePlanes.OfBytes(elements, block * BLOCK * width, width).plane(0, BLOCK, plane, planes[block], 0);
        }
        return Arrays.stream(planes)
                .filter(bytes -> Arrays.mismatch(bytes, 1, BLOCK, bytes, 0, BLOCK - 1) >= 0)
                .toArray(byte[][]::new);
    }

    private interface Compression {
        int of(byte[] in);
    }

    private static void report(String what, byte[][] inputs, int rounds, Compression compression) {
        long best = Long.MAX_VALUE;
        long stored = 0;
        long bytes = 0;
        for (int round = 0; round < rounds; round++) {
            stored = 0;
            bytes = 0;
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (byte[] in : inputs) {
                stored += Math.min(in.length, compression.of(in));
                bytes += in.length;
            }
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        if (bytes > 0) {
            System.out.printf("%-24s %.3f, %,6.0f MB/s%n", what, stored / (double) bytes, bytes * 1e3 / best);
        }
    }
}
