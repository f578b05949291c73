package io.cellferry.celldive;

import io.cellferry.failure.Problem;
import io.cellferry.image.PixelSize;
import io.cellferry.omexml.OmeImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Settles how large a pixel of a region is, from the best source each file has: its OME-XML, then what the person
/// who asked says, then the resolution in the TIFF. There is no default: a wrong scale is worse than none.
final class PixelSizes {

    /// One pixel in 100,000, which nobody sees in the widest scan; more is another size and not another rounding.
    private static final double SAME = 1e-5;

    /// A resolution is often rounded to whole pixels per centimetre or inch, so that less says nothing.
    private static final double SIMILAR = 0.01;

    /// Micrometres. Microscopes have less; 1,200 dots per inch, what printers have, is 21. A larger one is the
    /// resolution of some screen or paper, which programs fill in when they know none.
    private static final double MOST_PLAUSIBLE = 20;

    private final Statements<PixelSize> chosen = new Statements<>((one, other) -> isClose(one, other, SAME));
    private final Statements<String> contradictions = new Statements<>(String::equals);
    private final List<String> without = new ArrayList<>();
    private final List<String> fromTiff = new ArrayList<>();
    private final ScanRules rules;
    private Optional<PixelSize> first = Optional.empty();
    private Optional<PixelSize> implausible = Optional.empty();
    private boolean areRulesUsed;

    private PixelSizes(ScanRules rules) {
        this.rules = rules;
    }

    /// The pixel size of `region`, that of its first file. What is wrong is added to `problems`.
    static Optional<PixelSize> of(String region, List<ScanFile> files, ScanRules rules, List<Problem> problems) {
        PixelSizes sizes = new PixelSizes(rules);
        files.forEach(sizes::add);
        sizes.report(region, problems);
        return sizes.first;
    }

    private void add(ScanFile file) {
        String name = file.name().file();
        Optional<PixelSize> resolution = file.plane().pixelSize();
        Optional<PixelSize> stored = resolution.filter(size -> Math.max(size.x(), size.y()) <= MOST_PLAUSIBLE);
        Optional<PixelSize> described = file.described().flatMap(OmeImage::pixelSize);
        Optional<PixelSize> size = described.or(rules::pixelSizeIfMissing).or(() -> stored);
        areRulesUsed |= described.isEmpty();
        if (size.isEmpty()) {
            without.add(name);
            implausible = implausible.or(() -> resolution);
            return;
        }
        first = first.or(() -> size);
        chosen.add(size.get(), name);
        if (described.isEmpty() && rules.pixelSizeIfMissing().isEmpty()) {
            fromTiff.add(name);
        } else if (stored.isPresent() && !isClose(stored.get(), size.get(), SIMILAR)) {
            contradictions.add(inWords(size.get()) + " and not " + inWords(stored.get()), name);
        }
    }

    private void report(String region, List<Problem> problems) {
        if (!without.isEmpty()) {
            problems.add(missing(region));
        }
        if (chosen.disagree()) {
            problems.add(Problem.refusal(
                    "scans.region.pixel-size",
                    region,
                    "all files must have the same pixel size, found " + chosen.inWords(PixelSizes::inWords) + ".",
                    RegionReader.SORT_OUT));
        }
        if (!fromTiff.isEmpty()) {
            problems.add(Problem.note(
                    "scans.pixel-size.tiff",
                    region,
                    "no pixel size is in the OME-XML of %s; the TIFF resolution is taken: %s."
                            .formatted(Statements.filesInWords(fromTiff), chosen.inWords(PixelSizes::inWords)),
                    "If it is wrong, say the right one with --pixel-size."));
        }
        if (!contradictions.isEmpty()) {
            problems.add(Problem.warning(
                    "scans.pixel-size.contradiction",
                    region,
                    "the TIFF resolution is another than what is taken for the pixel size: %s."
                            .formatted(contradictions.inWords(words -> words)),
                    "Check the scale of the image in a viewer."));
        }
        rules.pixelSizeIfMissing()
                .filter(said -> !areRulesUsed && first.isPresent() && !isClose(said, first.get(), SAME))
                .ifPresent(said -> problems.add(Problem.warning(
                        "scans.pixel-size.unused",
                        region,
                        "--pixel-size says %s and is not used: the files say %s."
                                .formatted(inWords(said), chosen.inWords(PixelSizes::inWords)),
                        "Leave --pixel-size out if the files are right; else correct them.")));
    }

    private Problem missing(String region) {
        String printed = implausible
                .map(size -> "; its TIFF resolution, %s, is that of a screen or printer".formatted(inWords(size)))
                .orElse("");
        String hint = first.map(size -> "; other files of the region say " + inWords(size))
                .orElse("");
        return Problem.refusal(
                "scans.pixel-size.missing",
                region,
                "a pixel size was expected in every file, found none in %s%s."
                        .formatted(Statements.filesInWords(without), printed),
                "Say it with --pixel-size, in micrometres%s.".formatted(hint));
    }

    private static boolean isClose(PixelSize one, PixelSize other, double tolerance) {
        return isClose(one.x(), other.x(), tolerance) && isClose(one.y(), other.y(), tolerance);
    }

    private static boolean isClose(double one, double other, double tolerance) {
        return Math.abs(one - other) <= tolerance * Math.max(one, other);
    }

    private static String inWords(PixelSize size) {
        return size.x() == size.y()
                ? digits(size.x()) + " µm"
                : "%s x %s µm".formatted(digits(size.x()), digits(size.y()));
    }

    /// Enough digits to tell apart what is not the same.
    private static String digits(double micrometres) {
        return BigDecimal.valueOf(micrometres)
                .round(new MathContext(7))
                .stripTrailingZeros()
                .toPlainString();
    }
}
