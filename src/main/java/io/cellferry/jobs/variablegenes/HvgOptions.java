package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.Cutoffs;
import io.cellferry.hvg.Depth;
import io.cellferry.hvg.Flavor;
import io.cellferry.hvg.HvgSettings;
import io.cellferry.jobs.OptionValues;
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
