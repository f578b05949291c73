package io.cellferry.celldive;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the name of one scan says, in the parts of the grammar that [ScanNameReader] states.
///
/// `file` is the name as it is. `region` is upper case; `dye` is spelled as usual if it is a known one; `marker` is
/// empty where the name has none; `rest` is what follows FINAL.
record ScanName(
        String file,
        String prefix,
        Optional<String> date,
        Optional<String> sample,
        Round round,
        String region,
        String dye,
        String marker,
        String rest) {

    /// The order of channels: by round, within it by dye, then by marker. The last two only make it total.
    static final Comparator<ScanName> ORDER = Comparator.comparing(ScanName::round, Round.ORDER)
            .thenComparing(ScanName::dye, Dye.ORDER)
            .thenComparing(ScanName::marker, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(ScanName::file);

    /// Dye and marker: what a channel is called where no other is called the same.
    String shortLabel() {
        return marker.isEmpty() ? dye : dye.isEmpty() ? marker : dye + "_" + marker;
    }

    /// Round, dye and marker, which only one file of a region may have.
    String label() {
        return round.equals(Round.NONE) ? shortLabel() : round.written() + "_" + shortLabel();
    }

    /// The short label, with the round behind it if another of `names`, the names of the region, has the same one.
    /// Letter case is ignored: nobody tells `Cy3_CD4` from `Cy3_cd4` in a list of channels.
    String shown(List<ScanName> names) {
        long alike = names.stream()
                .filter(each -> each.shortLabel().equalsIgnoreCase(shortLabel()))
                .count();
        // No marker looks like a round, so this is nobody's short label.
        return alike < 2 || round.equals(Round.NONE) ? shortLabel() : shortLabel() + "_" + round.written();
    }

    /// Whether its autofluorescence was removed.
    boolean isCorrected() {
        return List.of(rest.toUpperCase(Locale.ROOT).split("_")).contains("AFR");
    }

    ScanName dyed(String other) {
        return new ScanName(file, prefix, date, sample, round, region, Dye.spelled(other), marker, rest);
    }

    /// Equal for names that mean the same channel, however they spell it.
    String channel() {
        return "%s_%s".formatted(round.numbers(), shortLabel().toLowerCase(Locale.ROOT));
    }

    /// Equal for names that mean the same piece of tissue; the date is none of it, since rounds take days.
    String tissue() {
        return "%s, %s"
                .formatted(
                        prefix.isEmpty() ? "no prefix" : "prefix " + prefix.toLowerCase(Locale.ROOT),
                        sample.map(each -> "sample " + each.toUpperCase(Locale.ROOT))
                                .orElse("no sample"));
    }
}
