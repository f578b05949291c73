package io.cellferry.jobs.genemajorstore;

import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.genemajor.StorePicture;
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
import io.cellferry.omezarr.StoredPyramid;
import io.cellferry.page.Picture;
import io.cellferry.storage.OutputHeading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The job `gene-major-store` as `launch` sees it.
public final class GeneMajorStore implements ConversionJob {

    @Override
    public String name() {
        return GeneMajorStoreSteps.NAME;
    }

    @Override
    public String verb() {
        return "transpose";
    }

    @Override
    public String summary() {
        return "Write an AnnData Zarr store whose matrix lies gene by gene, so that one gene reads in milliseconds, or cell by"
                + " cell.";
    }

    @Override
    public List<OptionRule> options() {
        return StoreRules.ALL;
    }

    @Override
    public void check(JobRequest request) {
        StoreOptions.of(request);
    }

    @Override
    public Optional<FactSheet> inspect(Path input, OptionValues part) {
        return CatalogueSheet.of(input, part);
    }

    @Override
    public JobPlan plan(JobRequest request, MachineRoom room) {
        try (CellDataset dataset = ChosenPart.open(request)) {
            StorePlanner planner = new StorePlanner(request, dataset);
            return new StoreSheet(request, room).jobPlan(planner.plan(), planner);
        }
    }

    @Override
    public JobSteps steps() {
        return GeneMajorStoreSteps.declared();
    }

    @Override
    public boolean recognises(Path output) {
        boolean isZarr =
                Files.isRegularFile(output.resolve(".zgroup")) || Files.isRegularFile(output.resolve("zarr.json"));
        // Images are Zarr too; everything else, even a damaged store, is for this job to judge.
        return isZarr && !StoredPyramid.isOne(output);
    }

    @Override
    public List<Problem> verify(Path output, Optional<Path> input, CheckDepth depth) {
        return StoreVerification.of(output, input, depth);
    }

    @Override
    public List<Picture> pictures(Path output) {
        return OutputHeading.read(output)
                .map(heading -> String.valueOf(heading.details().getOrDefault("matrix", "X")))
                .flatMap(matrix -> StorePicture.of(output, matrix))
                .map(List::of)
                .orElse(List.of());
    }
}
