package io.cellferry.jobs.cellucidexport;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionRule;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `--genes hvg:2000` asks for: the genes that `cellferry hvg --top 2000` chooses, scored as a part of the export.
final class VariableGenes {

    private static final String WORD = "hvg:";
    private static final String PREFIX = "hvg-";

    /// Those of the rules of the job `hvg` that decide what most people decide; the others keep their standard values.
    private static final List<String> OFFERED = List.of("flavor", "batch-key", "matrix", "log-normalize");

    private VariableGenes() {}

    /// The options as this job offers them: none has a standard value, so that one without `--genes hvg:` is noticed.
    static List<OptionRule> rules() {
        return HvgRules.ALL.stream()
                .filter(rule -> OFFERED.contains(rule.name()))
                .map(rule -> new OptionRule(
                        PREFIX + rule.name(),
                        rule.kind(),
                        Optional.empty(),
                        false,
                        "With --genes hvg:N. " + help(rule)))
                .toList();
    }

    private static String help(OptionRule rule) {
        if (rule.name().equals("matrix")) {
            return "Matrix to score, of the same genes. Default: the one that is exported.";
        }
        return rule.help()
                + rule.standard().map(standard -> " Default: " + standard + ".").orElse("");
    }

    /// Whether a value of `--genes` asks for variable genes.
    static boolean asks(String said) {
        return said.startsWith(WORD);
    }

    /// How genes are chosen, if they are.
    static Optional<HvgOptions> of(JobRequest request) {
        OptionValues options = request.options();
        List<String> said = options.texts("genes");
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String name : OFFERED) {
            options.text(PREFIX + name).ifPresent(value -> given.put(name, List.of(value)));
        }
        if (said.stream().noneMatch(VariableGenes::asks)) {
            if (!given.isEmpty()) {
                throw new RequestRefused(
                        "--%s%s says how genes are chosen, but --genes has none chosen."
                                .formatted(PREFIX, given.keySet().iterator().next()),
                        "Say --genes hvg:2000, or leave it out.");
            }
            return Optional.empty();
        }
        String matrix = options.text("matrix").orElse("X");
        if (said.size() > 1 || matrix.equals(CellucidExportRules.NONE)) {
            throw new RequestRefused(
                    "--genes: %s stands for all genes of the export; there is nothing to add and --matrix none has none."
                            .formatted(said.stream()
                                    .filter(VariableGenes::asks)
                                    .findFirst()
                                    .orElseThrow()),
                    "Say --genes hvg:N alone, with a matrix.");
        }
        given.put("top", List.of(top(said.getFirst())));
        given.putIfAbsent("matrix", List.of(matrix));
        return Optional.of(HvgOptions.of(PREFIX, OptionValues.of(HvgRules.ALL, given)));
    }

    private static String top(String said) {
        String number = said.substring(WORD.length());
        if (!number.matches("[1-9][0-9]{0,8}")) {
            throw new RequestRefused(
                    "--genes: expected hvg: and a whole number of genes from 1 on, found \"%s\".".formatted(said),
                    "Say how many, such as hvg:2000.");
        }
        return number;
    }
}
