package io.cellferry.jobs.cellucidexport;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.GeneRange;

/// Names of units and of the scratch files they leave for later steps. Published: they stand in the journals of runs
/// that wait to resume.
final class UnitNames {

    static final String LATENT = "latent";
    static final String LATENT_FILE = "latent.table";
    static final String CONNECTIVITIES = "connectivities";
    static final String CONNECTIVITIES_FILE = "connectivities.json";
    static final String VECTORS = "vectors";
    static final String VECTORS_FILE = "vectors.json";
    static final String MANIFESTS = "manifests";

    static final String SELECT = "select";
    static final String CHOSEN_FILE = "select/genes.json";
    static final String SELECTION_FILE = "select/selection.json";

    private UnitNames() {}

    static String run(CellRange block) {
        return "transpose/" + block.partitionName();
    }

    static String runFile(CellRange block) {
        return "runs/" + block.partitionName() + ".run";
    }

    static String embedding(int dimension) {
        return "embeddings/%dd".formatted(dimension);
    }

    static String embeddingFile(int dimension) {
        return "embeddings/%dd.json".formatted(dimension);
    }

    static String embeddingTable(int dimension) {
        return "embeddings/%dd.table".formatted(dimension);
    }

    static String obs(int field) {
        return "obs/%06d".formatted(field);
    }

    static String obsFile(int field) {
        return "obs/%06d.json".formatted(field);
    }

    static String genes(GeneRange range) {
        return "genes/" + range.partitionName();
    }

    static String genesFile(GeneRange range) {
        return "genes/" + range.partitionName() + ".json";
    }

    static String graphRun(CellRange block) {
        return "connectivities/" + block.partitionName();
    }

    static String graphRunFile(CellRange block) {
        return "graph-runs/" + block.partitionName() + ".run";
    }
}
