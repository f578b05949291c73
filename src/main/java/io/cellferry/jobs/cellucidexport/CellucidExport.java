package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.ExportPictures;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.CatalogueEntry;
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
import io.cellferry.page.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The job `cellucid-export` as `launch` sees it.
public final class CellucidExport implements ConversionJob {

    @Override
    public String name() {
        return CellucidExportSteps.NAME;
    }

    @Override
    public String verb() {
        return "export";
    }

    @Override
    public String summary() {
        return "Write a Cellucid export: a folder of static files that the Cellucid viewer opens.";
    }

    @Override
    public List<OptionRule> options() {
        return CellucidExportRules.ALL;
    }

    @Override
    public void check(JobRequest request) {
        VariableGenes.of(request);
        ExportOptions.settings(request, Instant.EPOCH);
    }

    /// The names in a file that `--genes` names: an edited list is another request.
    @Override
    public String namedContent(JobRequest request) {
        return WantedGenes.of(request).map(names -> String.join("\n", names)).orElse("");
    }

    @Override
    public List<Path> namedFiles(JobRequest request) {
        return WantedGenes.namedFile(request).stream().toList();
    }

    @Override
    public Optional<FactSheet> inspect(Path input, OptionValues part) {
        return CatalogueSheet.of(input, part);
    }

    @Override
    public JobPlan plan(JobRequest request, MachineRoom room) {
        return planned(request, room, false);
    }

    @Override
    public JobPlan admit(JobRequest request, MachineRoom room) {
        return planned(request, room, true);
    }

    private static JobPlan planned(JobRequest request, MachineRoom room, boolean inHaste) {
        ExportSettings settings = ExportOptions.settings(request, Instant.EPOCH);
        try (CellDataset dataset = ChosenPart.open(request)) {
            ExportPlanner planner = new ExportPlanner(request, room, dataset, settings);
            Optional<ExportPlan> plan = planner.plan();
            PlanSheet sheet = new PlanSheet(request, settings, room, dataset);
            return inHaste ? sheet.admission(plan, planner) : sheet.jobPlan(plan, planner);
        }
    }

    @Override
    public JobSteps steps() {
        return CellucidExportSteps.declared();
    }

    @Override
    public boolean recognises(Path output) {
        return Files.isRegularFile(output.resolve("dataset_identity.json"));
    }

    @Override
    public List<Problem> verify(Path output, Optional<Path> input, CheckDepth depth) {
        return ExportVerification.of(output, input, depth);
    }

    @Override
    public Optional<Path> writeCatalogue(Path folder, Optional<String> defaultId) {
        return ExportCatalogue.write(folder, defaultId);
    }

    @Override
    public List<Picture> pictures(Path output) {
        return ExportPictures.of(output);
    }

    @Override
    public Optional<CatalogueEntry> catalogueEntry(Path output) {
        return ExportCatalogue.entry(output);
    }

    @Override
    public byte[] catalogue(List<CatalogueEntry> entries, String first) {
        return ExportCatalogue.text(entries, first);
    }
}
