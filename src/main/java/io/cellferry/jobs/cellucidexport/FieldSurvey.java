package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.ExportPlan.PlannedField;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.ObsFieldWriter;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import java.util.ArrayList;
import java.util.List;

/// Reads every wanted annotation once, before a byte is written: how many labels each has (the richest decides the
/// code type of all) and whatever is wrong in any of them. Holds one column at a time.
final class FieldSurvey {

    private final ExportSettings settings;
    private final CellDataset dataset;
    private final List<Problem> problems;

    FieldSurvey(ExportSettings settings, CellDataset dataset, List<Problem> problems) {
        this.settings = settings;
        this.dataset = dataset;
        this.problems = problems;
    }

    List<PlannedField> of(List<String> fields) {
        List<PlannedField> found = new ArrayList<>();
        for (String field : fields) {
            if (dataset.catalogue().obsColumn(field).isEmpty()) {
                continue; // told already
            }
            try {
                ObsColumn column = dataset.obsColumn(field);
                found.add(new PlannedField(
                        field,
                        !(column instanceof ObsColumn.Numbers),
                        ObsFieldWriter.labels(column),
                        labelCharacters(column)));
                ObsFieldWriter.check(settings, field, column);
            } catch (Refusal refusal) {
                problems.add(problem("obs/" + field, refusal));
            }
        }
        return found;
    }

    /// What reading or checking the annotation at `where` was refused for: its values, unless memory ran out.
    static Problem problem(String where, Refusal refusal) {
        String said = String.valueOf(refusal.getMessage());
        return Problem.refusal(
                refusal instanceof RoomExhausted ? "room.memory" : "input.obs.values",
                where,
                said.startsWith(where + ": ") ? said.substring(where.length() + 2) : said,
                refusal.remedy());
    }

    private static long labelCharacters(ObsColumn column) {
        return switch (column) {
            case ObsColumn.Numbers numbers -> 0;
            case ObsColumn.Flags flags -> "falsetrue".length();
            case ObsColumn.Texts texts ->
                texts.distinct().stream().mapToLong(FieldSurvey::escaped).sum();
            case ObsColumn.Categories categories ->
                categories.labels().stream().mapToLong(FieldSurvey::characters).sum();
        };
    }

    private static long characters(Label label) {
        return switch (label) {
            case Label.Text text -> escaped(text.value());
            case Label.Whole whole -> Long.toString(whole.value()).length();
            case Label.Real real -> Double.toString(real.value()).length();
            case Label.Truth truth -> Boolean.toString(truth.value()).length();
        };
    }

    /// Everything outside ASCII takes six characters in the manifests.
    private static long escaped(String text) {
        return text.chars().mapToLong(c -> c >= ' ' && c < 0x7f ? 1 : 6).sum();
    }
}
