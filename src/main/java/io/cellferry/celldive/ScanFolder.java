package io.cellferry.celldive;

import io.cellferry.failure.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A folder of scans as it was found: regions that can be converted, and everything that is wrong.
///
/// `regions` are in the order of their ids. `problems` concern the folder itself and files that belong to no region;
/// `regionProblems` has the problems of each region by its id, in the order of ids, an empty list where there are
/// none, those that cannot be converted included. A region with a refusal is not among `regions`.
public record ScanFolder(
        Path folder, List<ScanRegion> regions, List<Problem> problems, Map<String, List<Problem>> regionProblems) {

    public ScanFolder {
        regions = List.copyOf(regions);
        problems = List.copyOf(problems);
        SortedMap<String, List<Problem>> sorted = new TreeMap<>();
        regionProblems.forEach((id, each) -> sorted.put(id, List.copyOf(each)));
        regionProblems = Collections.unmodifiableSortedMap(sorted);
    }

    /// Whether `path` is a folder with a TIFF file in it, going by names.
    public static boolean isOne(Path path) {
        return Files.isDirectory(path) && FolderReader.holdsImages(path);
    }

    /// Reads names and headers of the images in `folder`, not below it; no pixel is read. Names are those of the
    /// grammar in `src/docs/celldive-names.md`. A disk that fails is no property of the scans: that is thrown, and
    /// none of the problems.
    public static ScanFolder read(Path folder, ScanRules rules) {
        return FolderReader.read(folder, rules);
    }

    /// Names of the files in `folder` that are images by their names, sorted: all that is ever read of it.
    public static List<String> images(Path folder) {
        return FolderReader.images(folder);
    }

    /// The problems of the region with this id; none of a region that is not there.
    public List<Problem> problemsOf(String region) {
        return regionProblems.getOrDefault(region, List.of());
    }
}
