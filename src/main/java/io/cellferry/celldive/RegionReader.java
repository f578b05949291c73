package io.cellferry.celldive;

import io.cellferry.failure.Problem;
import io.cellferry.image.PixelSize;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneSize;
import io.cellferry.omexml.OmeImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts the files of one region together, if they belong together.
///
/// Files are opened one at a time. Kept of each are its plane and what OME-XML says of the channel: some kilobytes.
final class RegionReader {

    static final String SORT_OUT =
            "Move the files that do not belong to the region out of the folder, or make them again.";

    private final String where;
    private final List<ScanName> names;
    private final Map<String, ChannelTable.Row> rows;
    private final List<Problem> problems = new ArrayList<>();

    private RegionReader(String id, List<ScanName> names, Twins twins, Map<String, ChannelTable.Row> rows) {
        this.where = "region " + id;
        this.names = chosen(names, twins);
        this.rows = rows;
    }

    /// The region, unless one of the problems refuses it.
    record Outcome(Optional<ScanRegion> region, List<Problem> problems) {}

    /// `rows` is what the table of channels says of files.
    static Outcome read(
            Path folder, String id, List<ScanName> names, ScanRules rules, Map<String, ChannelTable.Row> rows) {
        List<ScanName> sorted = names.stream().sorted(ScanName.ORDER).toList();
        return new RegionReader(id, sorted, rules.twins(), rows).read(folder, id, rules);
    }

    private List<ScanName> chosen(List<ScanName> all, Twins twins) {
        Set<ScanName> left = new LinkedHashSet<>(all);
        for (List<ScanName> files : channels(all).values()) {
            List<ScanName> out = new ArrayList<>(files);
            out.removeAll(twins.chosen(files));
            if (!out.isEmpty()) {
                out.forEach(left::remove);
                problems.add(Problem.note(
                        "scans.region.twin-left-out",
                        where,
                        "by --twins, %s is left out of channel %s."
                                .formatted(files(out, ", "), files.getFirst().label()),
                        ""));
            }
        }
        return List.copyOf(left);
    }

    private static Map<String, List<ScanName>> channels(List<ScanName> names) {
        return names.stream()
                .collect(Collectors.groupingBy(ScanName::channel, LinkedHashMap::new, Collectors.toList()));
    }

    private static String files(List<ScanName> names, String between) {
        return names.stream().map(ScanName::file).collect(Collectors.joining(between));
    }

    private Outcome read(Path folder, String id, ScanRules rules) {
        refuseTwins();
        refuseSharedNames();
        refuseMixture();
        noteOtherDyes();
        List<ScanFile> files = new ArrayList<>();
        FileProblems fileProblems = new FileProblems();
        for (ScanName name : names) {
            List<Problem> found = new ArrayList<>();
            ScanFileReader.read(folder, name, found).ifPresent(files::add);
            fileProblems.add(name.file(), found);
        }
        problems.addAll(fileProblems.all());
        refuseDifferences(files);
        Optional<PixelSize> pixelSize = PixelSizes.of(where, files, rules, problems);
        warnOfMagnifications(files);
        noteBareFiles(files);
        boolean isRefused = problems.stream().anyMatch(Problem::refuses);
        return new Outcome(isRefused ? Optional.empty() : Optional.of(region(id, files, pixelSize)), problems);
    }

    private ScanRegion region(String id, List<ScanFile> files, Optional<PixelSize> pixelSize) {
        Plane plane = files.getFirst().plane();
        List<ScanChannel> channels = new ArrayList<>();
        for (ScanFile file : files) {
            ScanChannel channel = file.channel(shown(file.name()), channels.size());
            channels.add(Optional.ofNullable(rows.get(file.name().file()))
                    .map(channel::said)
                    .orElse(channel));
        }
        List<OmeImage> described =
                files.stream().flatMap(file -> file.described().stream()).toList();
        return new ScanRegion(
                id,
                plane.type(),
                plane.width(),
                plane.height(),
                pixelSize,
                described.stream().flatMap(each -> each.acquired().stream()).findFirst(),
                described.stream().flatMap(each -> each.objective().stream()).findFirst(),
                channels);
    }

    /// What viewers show: the table's word before the scan's own.
    private String shown(ScanName name) {
        return Optional.ofNullable(rows.get(name.file()))
                .flatMap(ChannelTable.Row::name)
                .orElseGet(() -> name.shown(names));
    }

    /// Viewers, and whoever compares an image with its scans, tell channels apart by what is shown.
    private void refuseSharedNames() {
        if (names.stream().noneMatch(name -> rows.containsKey(name.file()))) {
            return;
        }
        Map<String, List<ScanName>> shown = names.stream()
                .collect(Collectors.groupingBy(
                        name -> shown(name).toLowerCase(Locale.ROOT), LinkedHashMap::new, Collectors.toList()));
        shown.forEach((name, files) -> {
            if (channels(files).size() > 1) {
                problems.add(Problem.refusal(
                        "request.channels",
                        where,
                        "--channels: %s would all be shown as %s."
                                .formatted(files(files, " and "), shown(files.getFirst())),
                        "Give each channel of a region a name of its own."));
            }
        });
    }

    private void refuseTwins() {
        for (List<ScanName> files : channels(names).values()) {
            if (files.size() > 1) {
                problems.add(Problem.refusal(
                        "scans.region.twins",
                        where,
                        "one file was expected for channel %s, found %s."
                                .formatted(files.getFirst().label(), files(files, " and ")),
                        files.stream().map(ScanName::isCorrected).distinct().count() > 1
                                ? "Say --twins afr for those without autofluorescence, or --twins raw for the others."
                                : "Keep the one that is meant and move the others out of the folder."));
            }
        }
    }

    private void refuseMixture() {
        Statements<String> tissues = new Statements<>(String::equals);
        names.forEach(name -> tissues.add(name.tissue(), name.file()));
        if (tissues.disagree()) {
            problems.add(Problem.refusal(
                    "scans.region.mixture",
                    where,
                    "all names must have the same prefix and sample, found %s."
                            .formatted(tissues.inWords(words -> words)),
                    "Put each sample into a folder of its own, or give files of the same sample the same prefix."));
        }
    }

    private void noteOtherDyes() {
        String others = names.stream()
                .map(ScanName::dye)
                .filter(dye -> !dye.isEmpty())
                .filter(dye -> Dye.named(dye).isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            problems.add(Problem.note(
                    "scans.dye.other",
                    where,
                    "of the dye %s nothing is known; it is shown in a colour that goes by the channel's place."
                            .formatted(others),
                    "Nothing, unless it is a marker whose name lacks the dye before it."));
        }
    }

    private void refuseDifferences(List<ScanFile> files) {
        Statements<PlaneSize> sizes = new Statements<>(PlaneSize::equals);
        Statements<String> types = new Statements<>(String::equals);
        for (ScanFile file : files) {
            Plane plane = file.plane();
            sizes.add(new PlaneSize(plane.width(), plane.height()), file.name().file());
            types.add(plane.type().word(), file.name().file());
        }
        if (sizes.disagree()) {
            problems.add(Problem.refusal(
                    "scans.region.size",
                    where,
                    "all files must have the same size, found %s.".formatted(sizes.inWords(size -> "%,d x %,d pixels"
                            .formatted(size.width(), size.height()))),
                    SORT_OUT));
        }
        if (types.disagree()) {
            problems.add(Problem.refusal(
                    "scans.region.type",
                    where,
                    "all files must have the same type of pixels, found %s.".formatted(types.inWords(word -> word)),
                    SORT_OUT));
        }
    }

    private void warnOfMagnifications(List<ScanFile> files) {
        Statements<Double> magnifications = new Statements<>(Double::equals);
        for (ScanFile file : files) {
            file.described()
                    .flatMap(OmeImage::objective)
                    .flatMap(objective -> objective.nominalMagnification())
                    .ifPresent(magnification ->
                            magnifications.add(magnification, file.name().file()));
        }
        if (magnifications.disagree()) {
            problems.add(Problem.warning(
                    "scans.region.magnification",
                    where,
                    "the files name different objectives: %s.".formatted(magnifications.inWords("%s-fold"::formatted)),
                    "Say the right one with --magnification."));
        }
    }

    private void noteBareFiles(List<ScanFile> files) {
        List<String> bare = files.stream()
                .filter(file -> file.described().isEmpty())
                .map(file -> file.name().file())
                .toList();
        if (!bare.isEmpty()) {
            problems.add(Problem.note(
                    "scans.omexml.missing",
                    where,
                    "no OME-XML describes %s: exposure, wavelengths and light source are not known."
                            .formatted(Statements.filesInWords(bare)),
                    "Nothing, unless they are needed; then export the files again as OME-TIFF."));
        }
    }
}
