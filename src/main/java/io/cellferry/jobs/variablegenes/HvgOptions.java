package io.cellferry.jobs.variablegenes;

import io.cellferry.failure.RequestRefused;
import io.cellferry.hvg.Cutoffs;
import io.cellferry.hvg.Depth;
import io.cellferry.hvg.Flavor;
import io.cellferry.hvg.HvgSettings;
import io.cellferry.jobs.OptionRule;
import io.cellferry.jobs.OptionValues;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// The words of a request as settings. `logBase` is not among them: the file says it. `prefix` is what stands before
/// the options' names where another job offers them.
public record HvgOptions(
        String prefix, String matrix, Optional<String> batchKey, Optional<String> geneNames, HvgSettings settings) {

    private static final int PEARSON_TOP = 1000;

    /// From `options` by [HvgRules#ALL].
    public static HvgOptions of(String prefix, OptionValues options) {
        Flavor flavor = Flavor.of(options.word("flavor")).orElseThrow();
        String top = options.word("top");
        OptionalInt wanted = !top.equals(HvgRules.AUTO)
                ? OptionalInt.of(Integer.parseInt(top))
                : flavor == Flavor.PEARSON_RESIDUALS ? OptionalInt.of(PEARSON_TOP) : OptionalInt.empty();
        String clip = options.word("clip");
        return new HvgOptions(
                prefix,
                options.word("matrix"),
                options.text("batch-key"),
                options.text("gene-names"),
                new HvgSettings(
                        flavor,
                        wanted,
                        cutoffs(options),
                        depth(options.word("log-normalize")),
                        OptionalDouble.empty(),
                        Integer.parseInt(options.word("bins")),
                        Double.parseDouble(options.word("span")),
                        Double.parseDouble(options.word("theta")),
                        clip.equals(HvgRules.AUTO)
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(Double.parseDouble(clip)),
                        !options.flag("any-values")));
    }

    /// Refuses options that change nothing: who says one is mistaken about what the others do. For requests, not for
    /// what a finished table says of itself.
    public static void refuseUseless(OptionValues options) {
        Flavor flavor = Flavor.of(options.word("flavor")).orElseThrow();
        boolean byTop = !options.word("top").equals(HvgRules.AUTO);
        for (OptionRule rule : HvgRules.ALL) {
            boolean said = !options.texts(rule.name())
                    .equals(rule.standard().map(List::of).orElse(List.of()));
            String needs =
                    switch (rule.name()) {
                        case "min-mean", "max-mean", "min-dispersion", "max-dispersion" ->
                            flavor.wantsCounts() || byTop ? "seurat or cell_ranger without --top" : "";
                        case "span" -> flavor.fits() ? "" : "seurat_v3 or seurat_v3_paper";
                        case "theta", "clip" -> flavor == Flavor.PEARSON_RESIDUALS ? "" : "pearson_residuals";
                        default -> "";
                    };
            if (said && !needs.isEmpty()) {
                throw new RequestRefused(
                        "--%s needs %s; with this request it would change nothing.".formatted(rule.name(), needs),
                        "Leave it out, or change the others.");
            }
        }
    }

    private static Cutoffs cutoffs(OptionValues options) {
        String most = options.word("max-dispersion");
        return new Cutoffs(
                Double.parseDouble(options.word("min-mean")),
                Double.parseDouble(options.word("max-mean")),
                Double.parseDouble(options.word("min-dispersion")),
                most.equals(HvgRules.NONE) ? Double.POSITIVE_INFINITY : Double.parseDouble(most));
    }

    private static Depth depth(String said) {
        return switch (said) {
            case HvgRules.NONE -> new Depth.AsStored();
            case HvgRules.MEDIAN -> new Depth.MedianTotal();
            default -> new Depth.Total(Double.parseDouble(said));
        };
    }

    /// How people write option `name`.
    String flag(String name) {
        return "--" + prefix + name;
    }

    public boolean wantsMedian() {
        return settings.depth() instanceof Depth.MedianTotal;
    }
}
