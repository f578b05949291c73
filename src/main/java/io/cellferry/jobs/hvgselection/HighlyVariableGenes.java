package io.cellferry.jobs.hvgselection;

import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.hvg.HvgPicture;
import io.cellferry.jobs.CatalogueSheet;
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
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgPlanner;
import io.cellferry.jobs.variablegenes.HvgRules;
import io.cellferry.page.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The job `hvg-selection` as `launch` sees it.
public final class HighlyVariableGenes implements ConversionJob {

    @Override
    public String name() {
        return HvgSelectionSteps.NAME;
    }

    @Override
    public String verb() {
        return "hvg";
    }

    @Override
    public String summary() {
        return "Choose highly variable genes as scanpy does, in little memory: a table (-o NAME.csv or NAME.json), or a"
                + " folder with both and a page.";
    }

    @Override
    public List<OptionRule> options() {
        return HvgRules.ALL;
    }

    @Override
    public void check(JobRequest request) {
        HvgOptions.refuseUseless(request.options());
        SelectionRun.options(request);
    }

    @Override
    public Optional<FactSheet> inspect(Path input, OptionValues part) {
        return CatalogueSheet.of(input, part);
    }

    @Override
    public JobPlan plan(JobRequest request, MachineRoom room) {
        try (CellDataset dataset = ChosenPart.open(request)) {
            return new HvgSheet(request, room)
                    .jobPlan(new HvgPlanner(request.input(), SelectionRun.options(request), room, dataset));
        }
    }

    @Override
    public boolean writesOneFile(JobRequest request) {
        return HvgResult.of(request.output()) != HvgResult.FOLDER;
    }

    @Override
    public List<String> opened(Path output) {
        return Files.isDirectory(output)
                ? List.of(HvgResult.PAGE_FILE, HvgResult.CSV_FILE, HvgResult.JSON_FILE)
                : List.of();
    }

    @Override
    public JobSteps steps() {
        return HvgSelectionSteps.declared();
    }

    @Override
    public boolean recognises(Path output) {
        return Files.isDirectory(output)
                ? Files.isRegularFile(output.resolve(HvgResult.CSV_FILE))
                : HvgResult.of(output) != HvgResult.FOLDER && Files.isRegularFile(output);
    }

    @Override
    public List<Problem> verify(Path output, Optional<Path> input, CheckDepth depth) {
        return HvgVerification.of(output, input, depth);
    }

    @Override
    public List<Picture> pictures(Path output) {
        Optional<Picture> picture =
                switch (HvgResult.of(output)) {
                    case CSV -> HvgPicture.ofCsv(output);
                    case FOLDER -> HvgPicture.ofCsv(output.resolve(HvgResult.CSV_FILE));
                    case JSON -> HvgPicture.ofJson(output);
                };
        return picture.map(List::of).orElse(List.of());
    }
}
