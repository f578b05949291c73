package io.cellferry.genemajor;

import java.util.ArrayList;
import java.util.List;

/// Files `[fromFile, toFile)` of the carried array at `path`; a few of these make one unit.
public record CarriedFiles(String path, long fromFile, long toFile) {

    private static final long MOST_FILES = 128;
    private static final long MOST_VALUES = 64L << 20;

    /// Groups the files of all arrays into units: some hundred files or 64 M values, small arrays together.
    public static List<List<CarriedFiles>> units(List<StoreNode> nodes) {
        List<List<CarriedFiles>> units = new ArrayList<>();
        List<CarriedFiles> unit = new ArrayList<>();
        long files = 0;
        long values = 0;
        for (StoreNode node : nodes) {
            if (!(node instanceof StoreNode.Array array)) {
                continue;
            }
            long count = array.layout().fileCount();
            long valuesInFile =
                    (long) array.layout().chunkElements() * array.layout().chunksInFile();
            long from = 0;
            while (from < count) {
                long room = Math.min(MOST_FILES - files, Math.max(1, (MOST_VALUES - values) / valuesInFile));
                long to = Math.min(count, from + room);
                unit.add(new CarriedFiles(array.path(), from, to));
                files += to - from;
                values += (to - from) * valuesInFile;
                from = to;
                if (files >= MOST_FILES || values >= MOST_VALUES) {
                    units.add(List.copyOf(unit));
                    unit.clear();
                    files = 0;
                    values = 0;
                }
            }
        }
        if (!unit.isEmpty()) {
            units.add(List.copyOf(unit));
        }
        return units;
    }
}
