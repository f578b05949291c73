package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.OptionRule;
import java.util.List;
import java.util.Map;

/// What a request for pyramids may say. Names and standard values are published: they stand in job files and run ids.
///
/// Options that a preset may set have no standard value of their own, so that what a person says is told from what
/// nobody said, and always wins.
final class PyramidRules {

    static final String AUTO = "auto";

    static final List<OptionRule> ALL = List.of(
            OptionRule.text("regions", "Regions to convert, such as R000,R001. All when not given."),
            OptionRule.text("prefix", "Put before the region in the name of each image, joined by _."),
            OptionRule.choice(
                    "preset",
                    "none",
                    "Settings for a purpose; an option that is given wins. qupath: 6 levels of 512-pixel chunks;"
                            + " fast: LZ4; small: zstd, 512; network: zstd, 1024.",
                    "none",
                    "qupath",
                    "fast",
                    "small",
                    "network"),
            OptionRule.whole(
                            "levels",
                            "5",
                            1,
                            30,
                            "Levels, the full one included; each halves the one before." + " Default: 5.")
                    .open(),
            OptionRule.choice(
                            "chunk-size",
                            AUTO,
                            "Side of a chunk in pixels. auto: 1024, or less for small images. Default: auto.",
                            AUTO,
                            "64",
                            "128",
                            "256",
                            "512",
                            "1024",
                            "2048",
                            "4096")
                    .open(),
            OptionRule.choice(
                            "codec",
                            "blosc",
                            "Compression. blosc and lz4: LZ4 in Blosc, fastest; zstd: zstd in Blosc, about an eighth smaller."
                                    + " Default: blosc.",
                            "blosc",
                            "zstd",
                            "lz4",
                            "none")
                    .open(),
            OptionRule.whole(
                            "level",
                            "5",
                            1,
                            9,
                            "Length of the blocks that are compressed at once, 16,384 pixels (1)"
                                    + " to 262,144 (9). Default: 5.")
                    .open(),
            OptionRule.decimal("magnification", "20", 0, 1000, "The objective's magnification; 0 leaves it out."),
            OptionRule.choice("downsample", "mean", "How four pixels become one.", "mean", "nearest", "max"),
            OptionRule.choice(
                    "ngff",
                    "0.4",
                    "Version of OME-Zarr. 0.5 has few files, but not every viewer opens it.",
                    "0.4",
                    "0.5"),
            OptionRule.choice(
                    "shards",
                    AUTO,
                    "Several chunks in a file. auto: with --ngff 0.5, one file for the chunks of a superblock on each level.",
                    AUTO,
                    "none"),
            OptionRule.text(
                    "pixel-size",
                    "Micrometres of a pixel, for files that do not say it: 0.325, or 0.325x0.33 (across, down)."),
            OptionRule.text(
                    "names",
                    "Regular expression for names without their ending, with groups called region, round, dye, marker,"
                            + " prefix, sample, rest: (?<region>[A-Z]\\d+)_(?<marker>.+)."),
            OptionRule.text(
                    "channels",
                    "CSV file with a column file or label, and columns name, dye, colour (FFB000) or exposure"
                            + " (milliseconds) that say better what the scans say."),
            OptionRule.choice(
                    "twins",
                    "refuse",
                    "Of two files of a channel, the one with autofluorescence removed (AFR in its name) or the other.",
                    "refuse",
                    "afr",
                    "raw"));

    /// What presets say; levels 3, 1, 9, 7 are those that people know them by.
    static final Map<String, Map<String, String>> PRESETS = Map.of(
            "none", Map.of(),
            "qupath", Map.of("codec", "blosc", "level", "3", "chunk-size", "512", "levels", "6"),
            "fast", Map.of("codec", "lz4", "level", "1", "chunk-size", "1024", "levels", "5"),
            "small", Map.of("codec", "zstd", "level", "9", "chunk-size", "512", "levels", "5"),
            "network", Map.of("codec", "zstd", "level", "7", "chunk-size", "1024", "levels", "5"));

    static final Map<String, String> USUAL = Map.of("codec", "blosc", "level", "5", "chunk-size", AUTO, "levels", "5");

    private PyramidRules() {}
}
