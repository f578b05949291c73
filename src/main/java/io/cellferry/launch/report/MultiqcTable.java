package io.cellferry.launch.report;

import io.cellferry.storage.OutputManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `RUN_mqc.json`: the run as one row of a table, in the form MultiQC calls custom content. Runs found together become
/// one table, because all have the same `id`.
final class MultiqcTable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private MultiqcTable() {}

    static String of(RunFacts facts) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("end", facts.ending().shown());
        row.put("job", facts.subject().request().job());
        row.put("seconds", round(facts.ending().took().toMillis() / 1000.0));
        row.put("processor_seconds", round(facts.attempt().processorSeconds()));
        row.put("peak_mb", round(facts.attempt().peakResidentBytes() / 1048576.0));
        row.put(
                "attempts",
                facts.timings().forgotten() + facts.timings().attempts().size());
        row.put("units_done", facts.ending().doneUnits());
        row.put("units_kept", facts.ending().keptUnits());
        row.put("input_mb", round(facts.subject().input().bytes() / 1048576.0));
        facts.output().ifPresent(output -> {
            row.put("output_files", output.files().size());
            row.put(
                    "output_mb",
                    round(output.files().stream()
                                    .mapToLong(OutputManifest.FileEntry::bytes)
                                    .sum()
                            / 1048576.0));
        });
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("id", "cellferry_runs");
        table.put("section_name", "cellferry");
        table.put("description", "Conversions by cellferry: how they ended, what they took and what they made.");
        table.put("plot_type", "table");
        table.put(
                "pconfig", Map.of("id", "cellferry_runs_table", "title", "cellferry: runs", "namespace", "cellferry"));
        table.put("headers", headers());
        table.put(
                "data",
                Map.of(
                        "%s (%s)"
                                .formatted(
                                        facts.subject().name(), facts.subject().runId()),
                        row));
        return JSON.writeValueAsString(table);
    }

    private static Map<String, Object> headers() {
        Map<String, Object> headers = new LinkedHashMap<>();
        header(headers, "end", "End", "How the newest attempt ended", "");
        header(headers, "job", "Job", "What kind of conversion it is", "");
        header(headers, "seconds", "Time", "Seconds the newest attempt took", " s");
        header(headers, "processor_seconds", "CPU", "Processor seconds of the newest attempt", " s");
        header(headers, "peak_mb", "Memory", "Most memory resident, in MiB", " MiB");
        header(headers, "attempts", "Attempts", "How often the run was started", "");
        header(headers, "units_done", "Units", "Units of work done by the newest attempt", "");
        header(headers, "units_kept", "Kept", "Units of work kept from earlier attempts", "");
        header(headers, "input_mb", "Input", "Size of the input in MiB", " MiB");
        header(headers, "output_files", "Files", "Files of the output", "");
        header(headers, "output_mb", "Output", "Size of the output in MiB", " MiB");
        return headers;
    }

    private static void header(
            Map<String, Object> headers, String name, String title, String description, String unit) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("title", title);
        header.put("description", description);
        if (!unit.isEmpty()) {
            header.put("suffix", unit);
        }
        if (!name.equals("end") && !name.equals("job")) {
            header.put("format", unit.isEmpty() ? "{:,.0f}" : "{:,.1f}");
        }
        headers.put(name, header);
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
