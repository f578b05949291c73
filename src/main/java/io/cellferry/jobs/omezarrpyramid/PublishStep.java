package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.InputRefused;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Step `publish`: the metadata of each region, its root's last, then one rename that makes all images visible.
///
/// What was written of a region that turned out damaged, or changed while it was read, is removed first, and the run
/// ends with the reason although the others are published.
final class PublishStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        PyramidRun pyramid = PyramidRun.of(run);
        pyramid.giveUpChanged();
        List<PyramidPlan.Region> sound = new ArrayList<>();
        List<PyramidPlan.Region> givenUp = new ArrayList<>();
        for (PyramidPlan.Region region : pyramid.plan().regions()) {
            (pyramid.isGivenUp(region) ? givenUp : sound).add(region);
        }
        if (sound.isEmpty()) {
            throw missing(pyramid, sound);
        }
        givenUp.forEach(region -> run.folder().forget(pyramid.finishedUnits(region)));
        for (PyramidPlan.Region region : sound) {
            try (MemoryBudget.Lease lease =
                    run.memory().take(PyramidMemory.metadata(region), "Writing the metadata of a region")) {
                run.unit(PyramidUnits.metadata(region.id()), unit -> new RegionMetadata(pyramid, region, run.request())
                        .write(unit));
            }
        }
        run.goOn();
        run.publish(details(run, pyramid, sound));
        if (sound.size() < pyramid.plan().regions().size()
                || !pyramid.plan().leftOut().isEmpty()) {
            run.failed(missing(pyramid, sound));
        }
    }

    private static InputRefused missing(PyramidRun pyramid, List<PyramidPlan.Region> sound) {
        List<String> lines = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (PyramidPlan.LeftOut one : pyramid.plan().leftOut()) {
            lines.add("%s is left out: %s".formatted(one.region(), one.found()));
            remedies.add(one.remedy());
        }
        pyramid.damaged().forEach((region, reason) -> {
            lines.add("%s is left out: %s".formatted(region, reason.getMessage()));
            remedies.add(reason.remedy());
        });
        if (!sound.isEmpty()) {
            lines.add("Published are %s."
                    .formatted(String.join(
                            ", ", sound.stream().map(PyramidPlan.Region::id).toList())));
        }
        boolean mayComeBack =
                sound.isEmpty() && pyramid.damaged().values().stream().anyMatch(InputRefused::mayComeBack);
        if (mayComeBack) {
            remedies.add("The work is kept: with the scans as they were, the same command finishes it.");
        }
        String found = String.join("\n", lines);
        String remedy = String.join(" ", remedies.stream().distinct().toList());
        return mayComeBack ? InputRefused.ofAnotherState(found, remedy) : new InputRefused(found, remedy);
    }

    /// What the manifest beside the output tells of the run, besides what storage knows itself.
    private static Map<String, Object> details(RunContext run, PyramidRun pyramid, List<PyramidPlan.Region> sound) {
        Map<String, Object> images = new LinkedHashMap<>();
        Map<String, Object> shown = new LinkedHashMap<>();
        for (PyramidPlan.Region region : sound) {
            Map<String, Object> channels = new LinkedHashMap<>();
            region.channels().forEach(channel -> channels.put(channel.label(), channel.file()));
            images.put(region.folder(), channels);
            Map<String, Object> files = new LinkedHashMap<>();
            region.channels().forEach(channel -> files.put(channel.shown(), channel.file()));
            shown.put(region.folder(), files);
        }
        Map<String, Object> leftOut = new LinkedHashMap<>();
        pyramid.plan().leftOut().forEach(one -> leftOut.put(one.region(), one.found()));
        pyramid.damaged().forEach((region, reason) -> leftOut.put(region, String.valueOf(reason.getMessage())));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("job", run.request().job());
        details.put("input", run.request().input().toString());
        details.put("options", run.request().options().all());
        details.put("images", images);
        details.put(ShownFiles.DETAIL, shown);
        details.put(RunContext.LEFT_OUT, leftOut);
        return details;
    }
}
