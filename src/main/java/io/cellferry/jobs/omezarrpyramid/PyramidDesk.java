package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.SuperblockWriter;
import org.jspecify.annotations.Nullable;

/// One worker's writer for superblocks of the first pass, kept as long as the region stays the same.
final class PyramidDesk {

    private @Nullable SuperblockWriter writer;
    private String region = "";

    SuperblockWriter writer(PyramidPlan.Region wanted) {
        SuperblockWriter kept = writer;
        if (kept != null && region.equals(wanted.id())) {
            return kept;
        }
        if (kept != null) {
            kept.close();
            writer = null;
        }
        Pass first = wanted.layout().passes().getFirst();
        SuperblockWriter made = new SuperblockWriter(wanted.layout(), first, wanted.folder());
        writer = made;
        region = wanted.id();
        return made;
    }
}
