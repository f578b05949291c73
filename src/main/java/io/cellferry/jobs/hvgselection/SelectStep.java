package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.HvgCsv;
import io.cellferry.hvg.HvgJson;
import io.cellferry.hvg.HvgReport;
import io.cellferry.hvg.HvgTable;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.variablegenes.HvgRun;
import io.cellferry.storage.ByteSink;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Step `select`: scores, choice and the result's files.
final class SelectStep implements Consumer<RunContext> {

    private static final String UNIT = "select";

    @Override
    public void accept(RunContext run) {
        if (run.folder().isFinished(UNIT)) {
            run.progress().found();
            return;
        }
        HvgRun hvg = SelectionRun.of(run);
        hvg.scored(table -> run.unit(UNIT, unit -> write(run, hvg, table, unit)));
    }

    private static void write(RunContext run, HvgRun hvg, HvgTable table, UnitWriter unit) {
        Path output = run.request().output();
        switch (HvgResult.of(output)) {
            case CSV -> file(unit, output.getFileName().toString(), table, HvgCsv::write);
            case JSON -> file(unit, output.getFileName().toString(), table, HvgJson::write);
            case FOLDER -> {
                String title = "%s, %s"
                        .formatted(
                                run.request().input().getFileName(), hvg.plan().matrix());
                file(unit, HvgResult.CSV_FILE, table, HvgCsv::write);
                file(unit, HvgResult.JSON_FILE, table, HvgJson::write);
                file(unit, HvgResult.PAGE_FILE, table, (all, sink) -> HvgReport.write(all, title, sink));
            }
        }
        KeptRemarks.write(unit, table.remarks());
    }

    private static void file(UnitWriter unit, String name, HvgTable table, BiConsumer<HvgTable, ByteSink> writer) {
        try (StagedFile file = unit.output(name)) {
            writer.accept(table, file);
            file.finish();
        }
    }
}
