package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ScanChannel;
import io.cellferry.celldive.ScanFolder;
import io.cellferry.celldive.ScanRegion;
import io.cellferry.failure.Problem;
import io.cellferry.image.PixelSize;
import io.cellferry.jobs.FactSheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a folder of scans holds: its regions, and each channel with the file it comes from.
final class ScanSheet {

    private ScanSheet() {}

    static FactSheet of(ScanFolder scans) {
        List<FactSheet.Table> tables = new ArrayList<>();
        tables.add(new FactSheet.Table(
                "regions",
                List.of("region", "pixels", "type", "pixel size", "channels"),
                scans.regions().stream().map(ScanSheet::row).toList()));
        for (ScanRegion region : scans.regions()) {
            tables.add(new FactSheet.Table(
                    "channels of " + region.id(),
                    List.of("shown as", "round", "colour", "exposure", "stored as", "file"),
                    region.channels().stream().map(ScanSheet::row).toList()));
        }
        List<Problem> problems = new ArrayList<>(scans.problems());
        scans.regionProblems().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> problems.addAll(entry.getValue()));
        String title = "%s: CellDIVE scans, %,d region(s), %,d channel(s)"
                .formatted(
                        scans.folder(),
                        scans.regions().size(),
                        scans.regions().stream()
                                .mapToInt(region -> region.channels().size())
                                .sum());
        return new FactSheet(title, tables, problems, json(scans));
    }

    private static List<String> row(ScanRegion region) {
        return List.of(
                region.id(),
                "%,d x %,d".formatted(region.width(), region.height()),
                region.type().word(),
                words(region.pixelSize()),
                Integer.toString(region.channels().size()));
    }

    static String words(Optional<PixelSize> size) {
        return size.map(one ->
                        one.x() == one.y() ? "%s µm".formatted(one.x()) : "%s x %s µm".formatted(one.x(), one.y()))
                .orElse("unknown");
    }

    static String words(Optional<Double> number, String format) {
        return number.map(format::formatted).orElse("unknown");
    }

    private static List<String> row(ScanChannel channel) {
        return List.of(
                channel.shown(),
                channel.round(),
                "%06X".formatted(channel.colour()),
                words(channel.taken().exposureMilliseconds(), "%s ms"),
                "%s of %,d x %,d, %s"
                        .formatted(
                                channel.stored().blocks().isBanded() ? "strips" : "tiles",
                                channel.stored().blocks().blockWidth(),
                                channel.stored().blocks().blockHeight(),
                                channel.stored().compression()),
                String.valueOf(channel.file().getFileName()));
    }

    private static Map<String, Object> json(ScanFolder scans) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input", scans.folder().toString());
        json.put("format", "celldive-scans");
        json.put("regions", scans.regions().stream().map(ScanSheet::json).toList());
        return json;
    }

    static Map<String, Object> json(ScanRegion region) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("region", region.id());
        json.put("width", region.width());
        json.put("height", region.height());
        json.put("type", region.type().word());
        region.pixelSize().ifPresent(size -> json.put("pixelSize", List.of(size.x(), size.y())));
        json.put("channels", region.channels().stream().map(ScanSheet::json).toList());
        return json;
    }

    private static Map<String, Object> json(ScanChannel channel) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", channel.label());
        json.put("shown", channel.shown());
        json.put("round", channel.round());
        json.put("dye", channel.dye());
        json.put("marker", channel.marker());
        json.put("colour", "%06X".formatted(channel.colour()));
        channel.taken().exposureMilliseconds().ifPresent(exposure -> json.put("exposureMilliseconds", exposure));
        json.put("compression", channel.stored().compression());
        json.put("file", String.valueOf(channel.file().getFileName()));
        return json;
    }
}
