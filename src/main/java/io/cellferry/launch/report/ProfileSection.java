package io.cellferry.launch.report;

import io.cellferry.launch.profile.ProfileSummary;
import io.cellferry.page.Html;
import java.util.List;
import java.util.Locale;

/// What a profile says, on a page.
final class ProfileSection {

    private final StringBuilder page;
    private final Tables tables;

    ProfileSection(StringBuilder page, Tables tables) {
        this.page = page;
        this.tables = tables;
    }

    void add(ProfileSummary profile) {
        page.append("<h2>Profile</h2>\n<p>")
                .append(Html.escaped(
                        "Recorded with --profile; the recording is %s. %,d garbage collections paused the run"
                                .formatted(profile.file(), profile.collections())))
                .append(Html.escaped(" for %s in all, the longest for %s. Most memory resident: %s."
                        .formatted(
                                Words.seconds(profile.paused()),
                                milliseconds(profile.longestPause().toNanos() / 1e6),
                                Words.bytes(profile.peakResidentBytes()))))
                .append("</p>\n");
        tables.table(
                "Where processor time went, from %,d samples".formatted(profile.samples()),
                List.of("method", "samples", "share"),
                profile.processors().stream()
                        .map(spot ->
                                List.of(spot.where(), String.format(Locale.ROOT, "%,.0f", spot.amount()), share(spot)))
                        .toList());
        tables.table(
                "Where memory was asked for, about %s in all, estimated from samples"
                        .formatted(Words.bytes(profile.allocatedBytes())),
                List.of("place · what", "bytes", "share"),
                profile.allocations().stream()
                        .map(spot -> List.of(spot.where(), Words.bytes((long) spot.amount()), share(spot)))
                        .toList());
    }

    private static String milliseconds(double milliseconds) {
        return String.format(Locale.ROOT, "%.1f ms", milliseconds);
    }

    private static String share(ProfileSummary.Spot spot) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * spot.share());
    }
}
