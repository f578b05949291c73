package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.JobRequest;
import io.cellferry.omexml.MergedImage;
import io.cellferry.omexml.OmeWriter;
import io.cellferry.omezarr.DisplayWindow;
import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.PixelStatistics;
import io.cellferry.omezarr.PyramidLayout;
import io.cellferry.omezarr.PyramidMetadata;
import io.cellferry.omezarr.Superblock;
import io.cellferry.omezarr.SuperblockWriter;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.ArrayList;
import java.util.List;

/// The metadata of one region, the same facts twice: for browsers as JSON, for QuPath as OME-XML.
final class RegionMetadata {

    private final PyramidRun pyramid;
    private final PyramidPlan.Region region;
    private final PyramidOptions options;

    RegionMetadata(PyramidRun pyramid, PyramidPlan.Region region, JobRequest request) {
        this.pyramid = pyramid;
        this.region = region;
        this.options = PyramidOptions.of(request);
    }

    /// OME-XML first: the root's metadata is what makes the folder an image.
    void write(UnitWriter unit) {
        try (StagedFile file = unit.output(region.folder() + "/" + PyramidMetadata.OME_FILE)) {
            file.write(OmeWriter.write(described()));
            file.finish();
        }
        List<PyramidMetadata.ShownChannel> shown = new ArrayList<>();
        for (int channel = 0; channel < region.channels().size(); channel++) {
            PyramidPlan.Channel planned = region.channels().get(channel);
            shown.add(new PyramidMetadata.ShownChannel(planned.shown(), planned.colour(), window(channel)));
        }
        new PyramidMetadata(region.id(), region.pixelSize(), shown)
                .hierarchy(region.layout())
                .write(unit, region.folder());
    }

    private MergedImage described() {
        PyramidLayout layout = region.layout();
        return new MergedImage(
                region.id(),
                layout.type(),
                layout.width(),
                layout.height(),
                region.pixelSize(),
                region.acquired(),
                options.magnification(),
                region.objective(),
                region.channels().stream()
                        .map(channel -> new MergedImage.Channel(channel.shown(), channel.colour(), channel.taken()))
                        .toList());
    }

    private DisplayWindow window(int channel) {
        PyramidLayout layout = region.layout();
        Pass first = layout.passes().getFirst();
        PixelStatistics statistics = new PixelStatistics(layout.type());
        for (Superblock superblock : first.superblocks(layout, channel)) {
            SuperblockWriter.addStatistics(layout, superblock, pyramid.leftover(region, superblock), statistics);
        }
        return statistics.window();
    }
}
