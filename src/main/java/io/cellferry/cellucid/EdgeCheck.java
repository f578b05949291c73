package io.cellferry.cellucid;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/// Reads the edge files in step: pairs strictly ascending, source below destination below the number of cells, weights
/// finite and positive, the greatest number of neighbours as stated. Holds 4 bytes x cells.
final class EdgeCheck {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAIRS = 4096;

    private final Path folder;
    private final ReadExport export;
    private final EdgeSummary stated;
    private final EdgeIndex index;
    private final Findings findings;
    private final int[] neighbors;
    private long edges;
    private long previous = -1;
    private long badPairs;
    private long badWeights;

    EdgeCheck(Path folder, ReadExport export, EdgeSummary stated, Findings findings) {
        this.folder = folder;
        this.export = export;
        this.stated = stated;
        this.index =
                EdgeIndex.of(export.settings().contract(), export.contents().cells());
        this.findings = findings;
        this.neighbors = new int[export.contents().cells()];
    }

    void check() {
        List<String> paths = export.edgePaths();
        for (String path : paths) {
            if (!PayloadCheck.isThere(folder, path, findings)) {
                return;
            }
        }
        boolean compressed = export.settings().gzipLevel().isPresent();
        try (PayloadStream sources = new PayloadStream(folder.resolve(paths.get(0)), compressed);
                PayloadStream destinations = new PayloadStream(folder.resolve(paths.get(1)), compressed)) {
            if (paths.size() == 3) {
                try (PayloadStream weights = new PayloadStream(folder.resolve(paths.get(2)), compressed)) {
                    readWeighted(sources, destinations, weights);
                }
            } else {
                readPairs(sources, destinations);
            }
            report();
        } catch (MalformedPayload e) {
            findings.add(
                    "cellucid.payload.gzip", "connectivity", "Expected one gzip member each: " + e.getMessage() + ".");
        }
    }

    private void readWeighted(PayloadStream sources, PayloadStream destinations, PayloadStream weights) {
        byte[] weightBytes = new byte[PAIRS * 8];
        byte[] sourceBytes = new byte[PAIRS * index.bytes()];
        byte[] destinationBytes = new byte[PAIRS * index.bytes()];
        int pairs;
        do {
            pairs = block(sources, sourceBytes, destinations, destinationBytes);
            int got = weights.read(weightBytes, weightBytes.length);
            if (got != pairs * 8) {
                throw new MalformedPayload("there are not as many weights as pairs");
            }
            for (int at = 0; at < pairs; at++) {
                double weight = Double.longBitsToDouble((long) LONGS.get(weightBytes, 8 * at));
                badWeights += weight > 0 && Double.isFinite(weight) ? 0 : 1;
            }
        } while (pairs == PAIRS);
    }

    private void readPairs(PayloadStream sources, PayloadStream destinations) {
        byte[] sourceBytes = new byte[PAIRS * index.bytes()];
        byte[] destinationBytes = new byte[PAIRS * index.bytes()];
        int pairs;
        do {
            pairs = block(sources, sourceBytes, destinations, destinationBytes);
        } while (pairs == PAIRS);
    }

    private int block(PayloadStream sources, byte[] sourceBytes, PayloadStream destinations, byte[] destinationBytes) {
        int got = sources.read(sourceBytes, sourceBytes.length);
        if (destinations.read(destinationBytes, destinationBytes.length) != got || got % index.bytes() != 0) {
            throw new MalformedPayload("there are not as many sources as destinations");
        }
        int pairs = got / index.bytes();
        for (int at = 0; at < pairs; at++) {
            pair(cell(sourceBytes, at), cell(destinationBytes, at));
        }
        return pairs;
    }

    private void pair(long source, long destination) {
        edges++;
        long order = source * neighbors.length + destination;
        if (source >= destination || destination >= neighbors.length || order <= previous) {
            badPairs++;
            return;
        }
        previous = order;
        neighbors[(int) source]++;
        neighbors[(int) destination]++;
    }

    private long cell(byte[] bytes, int at) {
        return switch (index) {
            case UINT16 -> Short.toUnsignedLong((short) SHORTS.get(bytes, 2 * at));
            case UINT32 -> Integer.toUnsignedLong((int) INTS.get(bytes, 4 * at));
        };
    }

    private void report() {
        if (edges != stated.edges()) {
            findings.add(
                    "cellucid.payload.size",
                    "connectivity",
                    "The manifest states %,d edges, the files hold %,d.".formatted(stated.edges(), edges));
        }
        if (badPairs > 0) {
            findings.add(
                    "cellucid.edges.order",
                    "connectivity",
                    "Pairs have to ascend with source < destination < cells; %,d do not.".formatted(badPairs));
        }
        if (badWeights > 0) {
            findings.add(
                    "cellucid.edges.weight",
                    "connectivity",
                    "Weights have to be finite and above zero; %,d are not.".formatted(badWeights));
        }
        int most = 0;
        for (int count : neighbors) {
            most = Math.max(most, count);
        }
        // In contract 0.9.0 a cell may count as its own neighbour.
        int own = export.settings().contract() == Contract.V0_9_0 ? 1 : 0;
        if (badPairs == 0 && (stated.maxNeighbors() < most || stated.maxNeighbors() > most + own)) {
            findings.add(
                    "cellucid.edges.neighbors",
                    "connectivity",
                    "The manifest states at most %,d neighbours, the files have %,d."
                            .formatted(stated.maxNeighbors(), most));
        }
        if (ViewerLimits.edgeWorkingBytes(index, neighbors.length, edges) > ViewerLimits.EDGE_WORKING_BYTES) {
            findings.warn(
                    "cellucid.limit.edges",
                    "connectivity",
                    "The viewer takes about %,d edges, the files hold %,d."
                            .formatted(ViewerLimits.mostEdges(index, neighbors.length), edges),
                    "Use --connectivities none, or a graph with fewer neighbours per cell.");
        }
    }
}
