package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.MajorStarts;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.GeneRange;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;

/// The stored values of each major, as one step leaves them to the next: as the places where majors would start.
final class MajorCounts {

    private MajorCounts() {}

    static void write(long[] counts, String path, UnitWriter unit) {
        write(MajorStarts.of(counts), path, unit);
    }

    static void write(MajorStarts starts, String path, UnitWriter unit) {
        try (StagedFile file = unit.scratch(path)) {
            file.write(starts.toBytes());
            file.finish();
        }
    }

    /// All ranges one after the other.
    static long[] read(RunContext run, StorePlan plan) {
        long[] counts = new long[plan.layout().majors()];
        for (GeneRange range : plan.counted()) {
            MajorStarts some = MajorStarts.read(run.folder().scratch(StoreUnits.countsFile(plan.layout(), range)));
            for (int gene = range.from(); gene < range.to(); gene++) {
                counts[gene] = some.storedValues(gene - range.from());
            }
        }
        return counts;
    }
}
