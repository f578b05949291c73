package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;

/// `connectivity_manifest.json`: how many edges there are and how their files are to be read.
final class ConnectivityManifest {

    private ConnectivityManifest() {}

    static Json.Members of(ExportSettings settings, int cells, EdgeSummary edges) {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        EdgeIndex index = EdgeIndex.of(settings.contract(), cells);
        Json.MembersBuilder manifest = Json.members()
                .put("format", "edge_pairs")
                .put("n_cells", cells)
                .put("n_edges", edges.edges())
                .put("max_neighbors", edges.maxNeighbors())
                .put("index_bytes", index.bytes())
                .put("index_dtype", index.type())
                .put("sourcesPath", paths.edgeSources())
                .put("destinationsPath", paths.edgeDestinations());
        if (settings.contract() == Contract.V0_9_1) {
            manifest.put("weightsPath", paths.edgeWeights())
                    .put("weight_dtype", "float64")
                    .put("weight_bytes", 8);
        }
        return manifest.put("compression", settings.gzipJson()).build();
    }
}
