package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ChannelTable;
import io.cellferry.celldive.NamePattern;
import io.cellferry.celldive.ScanRules;
import io.cellferry.celldive.Twins;
import io.cellferry.failure.RequestRefused;
import io.cellferry.image.PixelSize;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.omezarr.Downsampling;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The words of a request as settings: what was said, then what the preset says, then what is usual.
///
/// `regions` is empty for all of them, `magnification` for none.
record PyramidOptions(
        List<String> regions,
        Optional<String> prefix,
        int levels,
        Optional<Integer> chunk,
        Compression compression,
        int level,
        Optional<Double> magnification,
        Downsampling downsampling,
        ZarrVersion version,
        boolean sharded,
        Optional<PixelSize> pixelSize,
        Optional<NamePattern> names,
        Twins twins) {

    /// A lens that makes a slide fit on a stamp; less is a slip.
    private static final double LEAST_MAGNIFICATION = 0.01;

    private static final Pattern SIZE =
            Pattern.compile("([0-9.]+(?:[eE][-+]?[0-9]+)?)(?:[xX]([0-9.]+(?:[eE][-+]?[0-9]+)?))?");
    private static final Pattern PREFIX = Pattern.compile("[\\p{L}\\p{N}_.+ -]+");

    /// Names of folders have 255 bytes; behind the prefix come `_`, a region of at most 64 and `.zarr`.
    private static final int MOST_PREFIX_BYTES = 185;

    static PyramidOptions of(JobRequest request) {
        OptionValues options = request.options();
        ZarrVersion version = options.word("ngff").equals("0.5") ? ZarrVersion.THREE : ZarrVersion.TWO;
        String chunk = presettable(options, "chunk-size");
        double magnification = magnification(options.word("magnification"));
        return new PyramidOptions(
                regions(options.text("regions")),
                options.text("prefix").map(PyramidOptions::prefix),
                Integer.parseInt(presettable(options, "levels")),
                chunk.equals(PyramidRules.AUTO) ? Optional.empty() : Optional.of(Integer.parseInt(chunk)),
                compression(presettable(options, "codec")),
                Integer.parseInt(presettable(options, "level")),
                magnification > 0 ? Optional.of(magnification) : Optional.empty(),
                Downsampling.of(options.word("downsample")),
                version,
                version == ZarrVersion.THREE && options.word("shards").equals(PyramidRules.AUTO),
                options.text("pixel-size").map(PyramidOptions::pixelSize),
                options.text("names").map(NamePattern::of),
                Twins.of(options.word("twins")));
    }

    private static double magnification(String said) {
        double magnification = Double.parseDouble(said);
        if (magnification > 0 && magnification < LEAST_MAGNIFICATION) {
            throw new RequestRefused(
                    "Option magnification must be 0 or from %s to 1000, not %s.".formatted(LEAST_MAGNIFICATION, said),
                    "Say what stands on the objective, such as 20; 0 leaves it out.");
        }
        return magnification;
    }

    private static String presettable(OptionValues options, String name) {
        return options.text(name).orElseGet(() -> {
            String usual = PyramidRules.USUAL.getOrDefault(name, "");
            return PyramidRules.PRESETS
                    .getOrDefault(options.word("preset"), PyramidRules.USUAL)
                    .getOrDefault(name, usual);
        });
    }

    private static List<String> regions(Optional<String> said) {
        List<String> regions = said.stream()
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                .filter(region -> !region.isEmpty())
                .map(region -> region.toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
        if (said.isPresent() && regions.isEmpty()) {
            throw new RequestRefused(
                    "Option regions must name regions, not \"%s\".".formatted(said.get()),
                    "Name them like R000,R001, or leave the option out for all.");
        }
        return regions;
    }

    private static String prefix(String said) {
        if (!PREFIX.matcher(said).matches() || said.toLowerCase(Locale.ROOT).contains(".zarr")) {
            throw new RequestRefused(
                    "Option prefix must be letters, digits, blanks and _ . + - without \".zarr\", not \"%s\"."
                            .formatted(said),
                    "It becomes part of a folder's name; viewers take the first \".zarr\" in a path for the image.");
        }
        int bytes = said.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_PREFIX_BYTES) {
            throw new RequestRefused(
                    "Option prefix must have at most %,d bytes as UTF-8, not %,d.".formatted(MOST_PREFIX_BYTES, bytes),
                    "Choose a shorter one: it becomes part of a folder's name, which has 255 bytes at most.");
        }
        return said;
    }

    /// Inside Blosc always: what reads OME-Zarr does not always read the bare codecs.
    private static Compression compression(String codec) {
        return switch (codec) {
            case "blosc", "lz4" -> Compression.BLOSC_LZ4;
            case "zstd" -> Compression.BLOSC_ZSTD;
            case "none" -> Compression.NONE;
            default -> throw new IllegalArgumentException("no rule allows codec " + codec);
        };
    }

    private static PixelSize pixelSize(String said) {
        Matcher size = SIZE.matcher(said);
        if (size.matches()) {
            try {
                double across = Double.parseDouble(size.group(1));
                double down = size.group(2) == null ? across : Double.parseDouble(size.group(2));
                if (PixelSize.isLength(across) && PixelSize.isLength(down)) {
                    return new PixelSize(across, down);
                }
            } catch (NumberFormatException e) {
                throw noSize(said, e);
            }
        }
        throw noSize(said, null);
    }

    private static RequestRefused noSize(String said, @Nullable Throwable cause) {
        String found = "Option pixel-size must be micrometres such as 0.325 or 0.325x0.33, not \"%s\".".formatted(said);
        String remedy = "Say how many micrometres one pixel is across, and down if that differs.";
        return cause == null ? new RequestRefused(found, remedy) : new RequestRefused(found, remedy, cause);
    }

    /// How to read the scans. `channels` stands in a file, which is read when a run is planned and not after.
    ScanRules rules(ChannelTable channels) {
        return new ScanRules(pixelSize, names, channels, twins);
    }
}
