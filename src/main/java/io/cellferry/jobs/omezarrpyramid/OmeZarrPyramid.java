package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ScanFolder;
import io.cellferry.celldive.ScanRules;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.FactSheet;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.JobSteps;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.OptionRule;
import io.cellferry.jobs.OptionValues;
import io.cellferry.omezarr.PyramidPicture;
import io.cellferry.page.Picture;
import io.cellferry.storage.InputFingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The job `ome-zarr-pyramid` as `launch` sees it.
public final class OmeZarrPyramid implements ConversionJob {

    private static final int MOST_PICTURES = 8;

    @Override
    public String name() {
        return OmeZarrPyramidSteps.NAME;
    }

    @Override
    public String verb() {
        return "pyramid";
    }

    @Override
    public String summary() {
        return "Merge CellDIVE scans into one multi-channel OME-Zarr image per region, with smaller levels for viewers.";
    }

    @Override
    public List<OptionRule> options() {
        return PyramidRules.ALL;
    }

    @Override
    public void check(JobRequest request) {
        PyramidOptions.of(request);
        ChannelFile.table(request);
    }

    @Override
    public String namedContent(JobRequest request) {
        return ChannelFile.text(request);
    }

    @Override
    public List<Path> namedFiles(JobRequest request) {
        return ChannelFile.path(request).stream().toList();
    }

    /// Of the images alone: systems leave files of their own beside them as soon as somebody looks at the folder, and
    /// what lies in folders below is not read.
    @Override
    public InputFingerprint stateOf(Path input) {
        return Files.isDirectory(input)
                ? InputFingerprint.of(input, ScanFolder.images(input))
                : InputFingerprint.of(input);
    }

    /// Scans arrive while others are converted; [PublishStep] looks at those of each region.
    @Override
    public boolean needsSameInputAtEnd() {
        return false;
    }

    @Override
    public Optional<FactSheet> inspect(Path input, OptionValues part) {
        if (!ScanFolder.isOne(input)) {
            return Optional.empty();
        }
        ChosenPart.requireNothingSaid(input, part);
        return Optional.of(ScanSheet.of(ScanFolder.read(input, ScanRules.NONE)));
    }

    @Override
    public JobPlan plan(JobRequest request, MachineRoom room) {
        return new PyramidSheet(request, room).jobPlan(new PyramidPlanner(request));
    }

    @Override
    public JobSteps steps() {
        return OmeZarrPyramidSteps.declared();
    }

    @Override
    public boolean recognises(Path output) {
        return !PyramidImages.in(output).isEmpty();
    }

    @Override
    public List<Problem> verify(Path output, Optional<Path> input, CheckDepth depth) {
        return PyramidVerification.of(output, input, depth);
    }

    @Override
    public List<String> opened(Path output) {
        return ShownFiles.images(output);
    }

    /// Of the first images by name: more than a person looks at would only make a report heavy.
    @Override
    public List<Picture> pictures(Path output) {
        return PyramidImages.in(output).stream()
                .limit(MOST_PICTURES)
                .map(PyramidPicture::of)
                .flatMap(Optional::stream)
                .toList();
    }
}
