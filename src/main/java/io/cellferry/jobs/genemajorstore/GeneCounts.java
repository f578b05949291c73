package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.GeneStarts;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.GeneRange;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.List;

/// The stored values of each gene, as one step leaves them to the next: as the places where genes would start.
final class GeneCounts {

    private GeneCounts() {}

    static void write(long[] counts, String path, UnitWriter unit) {
        write(GeneStarts.of(counts), path, unit);
    }

    static void write(GeneStarts starts, String path, UnitWriter unit) {
        try (StagedFile file = unit.scratch(path)) {
            file.write(starts.toBytes());
            file.finish();
        }
    }

    /// All ranges one after the other.
    static long[] read(RunContext run, List<GeneRange> ranges, int genes) {
        long[] counts = new long[genes];
        for (GeneRange range : ranges) {
            GeneStarts some = GeneStarts.read(run.folder().scratch(StoreUnits.countsFile(range)));
            for (int gene = range.from(); gene < range.to(); gene++) {
                counts[gene] = some.storedValues(gene - range.from());
            }
        }
        return counts;
    }
}
