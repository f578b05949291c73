package io.cellferry.cellucid;

/// What the web viewer takes at most; its loader refuses what is beyond.
final class ViewerLimits {

    /// One payload, decompressed.
    static final long PAYLOAD_BYTES = 512L << 20;
    /// One JSON file.
    static final long JSON_BYTES = 64L << 20;
    /// All that is held while edges are loaded.
    static final long EDGE_WORKING_BYTES = 512L << 20;

    private ViewerLimits() {}

    /// What the viewer holds while it loads `edges` edges between `cells` cells.
    static long edgeWorkingBytes(EdgeIndex index, long cells, long edges) {
        long perEdge =
                switch (index) {
                    case UINT16 -> 48;
                    case UINT32 -> 44;
                };
        return edges * perEdge + 4 * cells;
    }

    static long mostEdges(EdgeIndex index, long cells) {
        return Math.max(0, (EDGE_WORKING_BYTES - 4 * cells) / edgeWorkingBytes(index, 0, 1));
    }
}
