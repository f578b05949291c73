package io.cellferry.jobs;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.CellDatasets;
import io.cellferry.dataset.DatasetChoice;
import io.cellferry.failure.RequestRefused;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which data set a request means where its input holds several: the options that all jobs on cells share.
///
/// They say what the data set is: whose genes, and which layer is called `X`. `--matrix` names a matrix in it.
public final class ChosenPart {

    private static final String MEASUREMENT = "measurement";
    private static final String LAYER = "layer";
    private static final String MAIN_MATRIX = "X";

    public static final OptionRule MEASUREMENT_RULE = OptionRule.text(
            MEASUREMENT, "Measurement of a SOMA experiment. Needed when there are several and the input is not one.");

    public static final OptionRule LAYER_RULE =
            OptionRule.text(LAYER, "Layer of the measurement that is X. Default: the only one, else data.");

    /// What `inspect` may be told.
    public static final List<OptionRule> RULES = List.of(MEASUREMENT_RULE, LAYER_RULE);

    private ChosenPart() {}

    /// Opens the input of `request`, whose job has an option `matrix`.
    public static CellDataset open(JobRequest request) {
        return CellDatasets.open(
                request.input(),
                new DatasetChoice(
                        request.options().text(MEASUREMENT),
                        request.options().text(LAYER),
                        true,
                        request.options().text("matrix").orElse(MAIN_MATRIX).equals(MAIN_MATRIX)));
    }

    /// Opens `input` as the run did whose manifest tells `details`.
    public static CellDataset openAgain(Path input, Map<String, Object> details) {
        return CellDatasets.open(
                input, new DatasetChoice(told(details, MEASUREMENT), told(details, LAYER), false, false));
    }

    private static Optional<String> told(Map<String, Object> details, String name) {
        return details.get("options") instanceof Map<?, ?> options
                        && options.get(name) instanceof List<?> said
                        && !said.isEmpty()
                ? Optional.of(String.valueOf(said.getLast()))
                : Optional.empty();
    }

    /// What `part`, made of [#RULES], says for looking around.
    static DatasetChoice of(OptionValues part) {
        return new DatasetChoice(part.text(MEASUREMENT), part.text(LAYER), false, false);
    }

    /// As said on a command line; either may be absent.
    public static OptionValues values(Optional<String> measurement, Optional<String> layer) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        measurement.ifPresent(name -> given.put(MEASUREMENT, List.of(name)));
        layer.ifPresent(name -> given.put(LAYER, List.of(name)));
        return OptionValues.of(RULES, given);
    }

    /// The part that `request` chooses; its job may have no such options.
    public static OptionValues of(JobRequest request) {
        return values(first(request, MEASUREMENT), first(request, LAYER));
    }

    private static Optional<String> first(JobRequest request, String name) {
        return request.options().all().getOrDefault(name, List.of()).stream().findFirst();
    }

    /// For inputs that have neither.
    public static void requireNothingSaid(Path input, OptionValues part) {
        if (of(part).isSaid()) {
            throw new RequestRefused(
                    "%s: --measurement and --layer choose a part of a SOMA experiment, and this is none."
                            .formatted(input),
                    "Leave them out.");
        }
    }
}
