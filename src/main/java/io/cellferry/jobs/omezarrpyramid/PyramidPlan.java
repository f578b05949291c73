package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.image.PixelSize;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.jobs.StepUnits;
import io.cellferry.omexml.Objective;
import io.cellferry.omexml.OmeChannel;
import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.PyramidLayout;
import io.cellferry.storage.InputFingerprint;
import java.util.List;
import java.util.Optional;

/// What a run will write, settled once by its `inspect` step and stored with it: regions with their channels in order,
/// and the regions that are left out.
record PyramidPlan(List<Region> regions, List<LeftOut> leftOut) implements SettledPlan {

    PyramidPlan {
        regions = List.copyOf(regions);
        leftOut = List.copyOf(leftOut);
    }

    /// `folder` is the image's name below the output. `scans` is the state that the files of its channels were in.
    record Region(
            String id,
            String folder,
            PyramidLayout layout,
            Optional<PixelSize> pixelSize,
            Optional<String> acquired,
            Optional<Objective> objective,
            List<Channel> channels,
            InputFingerprint scans) {

        Region {
            channels = List.copyOf(channels);
        }
    }

    /// `file` is relative to the input. `readerBytes` is what reading its plane takes ([io.cellferry.image.ImageFile]).
    record Channel(
            String file, int plane, String label, String shown, int colour, long readerBytes, OmeChannel taken) {}

    /// A region that cannot be converted, and why.
    record LeftOut(String region, String found, String remedy) {}

    Region region(String id) {
        return regions.stream()
                .filter(region -> region.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the plan has no region " + id));
    }

    /// Journaled units of each step, in the order of the steps.
    List<StepUnits> steps() {
        long full = 0;
        long reduced = 0;
        for (Region region : regions) {
            List<Pass> passes = region.layout().passes();
            for (Pass pass : passes) {
                long units = (long) pass.superblocks(region.layout(), 0).size()
                        * region.channels().size();
                if (pass == passes.getFirst()) {
                    full += units;
                } else {
                    reduced += units;
                }
            }
        }
        return List.of(
                new StepUnits("inspect", 1),
                new StepUnits("full-resolution", full),
                new StepUnits("reductions", reduced),
                new StepUnits("publish", regions.size() /* metadata */));
    }
}
