package io.cellferry.celldive;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.Problem;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the scans in a folder by their names and hands those of each region to a [RegionReader].
///
/// Names are sorted before anything else, so that nothing depends on the order in which a disk lists them. They are
/// all kept: a hundred bytes a file.
final class FolderReader {

    private static final String WHERE_TO_LOOK = "Give the folder that holds the scans themselves, files like"
            + " PREFIX_10082025_S1_1.0.4_R000_Cy3_MARKER_FINAL_AFR_F.ome.tif; folders in it are not searched.";

    private final Path folder;
    private final ScanRules rules;
    /// What the table of channels says of a file.
    private final Map<String, ChannelTable.Row> rows = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<ScanName>> names = new TreeMap<>();
    private int others;

    private FolderReader(Path folder, ScanRules rules) {
        this.folder = folder;
        this.rules = rules;
    }

    static ScanFolder read(Path folder, ScanRules rules) {
        return new FolderReader(folder, rules).read();
    }

    static boolean holdsImages(Path folder) {
        return new FolderReader(folder, ScanRules.NONE).files().stream().anyMatch(ScanNameReader::isImage);
    }

    static List<String> images(Path folder) {
        return new FolderReader(folder, ScanRules.NONE)
                .files().stream()
                        .filter(ScanNameReader::isImage)
                        .filter(file -> Files.isRegularFile(folder.resolve(file)))
                        .toList();
    }

    private ScanFolder read() {
        if (Files.isDirectory(folder)) {
            sort();
        } else if (Files.exists(folder)) {
            problems.add(Problem.refusal(
                    "scans.folder.file",
                    folder.toString(),
                    "a folder of scans was expected, found a file.",
                    "Give the folder the file is in."));
        } else {
            problems.add(Problem.refusal(
                    "scans.folder.missing",
                    folder.toString(),
                    "a folder of scans was expected, there is none.",
                    "Check the path."));
        }
        List<ScanRegion> regions = new ArrayList<>();
        Map<String, List<Problem>> regionProblems = new TreeMap<>();
        names.forEach((id, files) -> {
            RegionReader.Outcome outcome = RegionReader.read(folder, id, files, rules, rows);
            outcome.region().ifPresent(regions::add);
            regionProblems.put(id, outcome.problems());
        });
        return new ScanFolder(folder, regions, problems, regionProblems);
    }

    private void sort() {
        int images = 0;
        for (String file : files()) {
            switch (ScanNameReader.read(file, rules.names())) {
                case NameReading.Scan scan -> {
                    names.computeIfAbsent(scan.name().region(), id -> new ArrayList<>())
                            .add(named(scan.name()));
                    images++;
                }
                case NameReading.Unmatched unmatched -> {
                    problems.add(unmatched.problem());
                    images++;
                }
                case NameReading.NoImage none -> others++;
            }
        }
        refuseUnusedRows();
        if (names.isEmpty()) {
            problems.add(Problem.refusal(
                    "scans.none",
                    folder.toString(),
                    "scans were expected, found %,d TIFF files whose names are none of a scan and %,d other files."
                            .formatted(images, others),
                    WHERE_TO_LOOK));
        } else if (others > 0) {
            problems.add(Problem.note(
                    "scans.other-files",
                    folder.toString(),
                    "%,d files that are no TIFF by their names are left out.".formatted(others),
                    ""));
        }
    }

    /// With the dye that the table of channels says.
    private ScanName named(ScanName name) {
        Optional<ChannelTable.Row> row = rules.channels().row(name);
        row.ifPresent(found -> rows.put(name.file(), found));
        return row.flatMap(ChannelTable.Row::dye).map(name::dyed).orElse(name);
    }

    private void refuseUnusedRows() {
        List<String> unused = rules.channels().unused(new HashSet<>(rows.values()));
        if (!unused.isEmpty()) {
            problems.add(Problem.refusal(
                    "request.channels",
                    "--channels",
                    String.join(";\n", unused) + ".",
                    "`cellferry inspect` lists the files, and `--json` their labels. Correct or remove the rows."));
        }
    }

    private List<String> files() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Files.isDirectory(entry)) {
                    found.add(entry.getFileName().toString());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new StorageFailed(
                    "%s: the files in it could not be listed: %s.".formatted(folder, IoWords.of(e)),
                    "Check the permissions and the disk, then run the same command again.",
                    e);
        }
        Collections.sort(found);
        return found;
    }
}
