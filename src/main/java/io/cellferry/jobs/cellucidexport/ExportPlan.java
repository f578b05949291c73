package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.GeneList;
import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.jobs.StepUnits;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.TranspositionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run will write, settled once by its `inspect` step and stored with it; every later step and every resume
/// reads this and looks neither at the machine nor at the options again.
///
/// Where genes are chosen by their scores (`scoring`), as many others stand in for them until they are.
///
/// Grows with the genes (a name and a number each) and with the blocks of the matrix, not with cells.
record ExportPlan(
        int cells,
        Optional<Genes> genes,
        List<Embedded> embeddings,
        String latent,
        List<String> obs,
        int mostLabels,
        Optional<Graph> graph,
        List<Vector> vectors,
        Optional<String> defaultVector,
        Optional<HvgPlan> scoring)
        implements SettledPlan {

    ExportPlan {
        embeddings = List.copyOf(embeddings);
        obs = List.copyOf(obs);
        vectors = List.copyOf(vectors);
    }

    /// The expression matrix: `list` says which genes in which output order, `units` the ranges of output positions
    /// that are written together. The matrix is turned unless it is gene-major already.
    record Genes(
            String matrix,
            boolean dense,
            boolean wholeNumbers,
            long storedValues,
            long readerBytes,
            Optional<TranspositionPlan> turning,
            GeneList list,
            List<GeneRange> units) {
        Genes {
            units = List.copyOf(units);
        }

        /// The same matrix with other genes of it.
        Genes with(GeneList chosen, List<GeneRange> ranges) {
            return new Genes(
                    matrix,
                    dense,
                    wholeNumbers,
                    storedValues,
                    readerBytes,
                    turning.map(plan -> plan.withPositions(chosen.genes().size())),
                    chosen,
                    ranges);
        }

        boolean turned() {
            return turning.isPresent();
        }

        TranspositionPlan transposition() {
            return turning.orElseThrow(() -> new IllegalStateException(matrix + " lies gene by gene already"));
        }
    }

    record Embedded(int dimension, String path) {}

    record Graph(
            String path,
            MatrixInfo.Order order,
            long storedEntries,
            long readerBytes,
            TranspositionPlan transposition) {}

    /// One table of a vector field: `id` without its dimension, as the contract names it.
    record Vector(String id, int dimension, String path) {}

    int latentColumns(Catalogue catalogue) {
        return catalogue.table(latent).orElseThrow().columns();
    }

    ExportPlan with(Genes chosen) {
        return new ExportPlan(
                cells,
                Optional.of(chosen),
                embeddings,
                latent,
                obs,
                mostLabels,
                graph,
                vectors,
                defaultVector,
                scoring);
    }

    /// Journaled units of each step, in the order of the steps; `choosing` are those for choosing genes.
    List<StepUnits> steps(List<StepUnits> choosing) {
        long turned = genes.filter(Genes::turned)
                .map(g -> g.transposition().blocks().size())
                .orElse(0);
        List<StepUnits> steps = new ArrayList<>(List.of(new StepUnits("inspect", 1)));
        steps.addAll(choosing);
        steps.addAll(List.of(
                new StepUnits("transpose", turned),
                new StepUnits("embeddings", embeddings.size() + 1 /* latent */),
                new StepUnits("obs", obs.size()),
                new StepUnits("genes", genes.map(g -> g.units().size()).orElse(0)),
                new StepUnits(
                        "connectivities",
                        graph.map(g -> g.transposition().blocks().size() + 1).orElse(0)),
                new StepUnits("vectors", vectors.isEmpty() ? 0 : 1),
                new StepUnits("publish", 1)));
        return steps;
    }
}
