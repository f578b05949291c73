package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.ImageFile;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// An open TIFF: what its directories said, and the channel its readers share.
final class OmeTiffFile implements ImageFile {

    static final String COPY_AGAIN =
            "The file looks damaged or cut off. Copy it again and compare its size and checksum"
                    + " with the original, or write it again.";

    private final TiffBytes bytes;
    private final List<Plane> planes;
    /// The layout of each plane; samples of one directory share theirs.
    private final List<PlaneLayout> layouts;
    private final Description description;
    private final List<Problem> problems;

    OmeTiffFile(
            TiffBytes bytes,
            List<Plane> planes,
            List<PlaneLayout> layouts,
            Description description,
            List<Problem> problems) {
        this.bytes = bytes;
        this.planes = List.copyOf(planes);
        this.layouts = List.copyOf(layouts);
        this.description = description;
        this.problems = List.copyOf(problems);
    }

    @Override
    public Path path() {
        return bytes.path();
    }

    @Override
    public List<Plane> planes() {
        return planes;
    }

    @Override
    public Optional<String> description() {
        return description.text();
    }

    @Override
    public List<Problem> problems() {
        return Stream.concat(description.problems().stream(), problems.stream()).toList();
    }

    @Override
    public List<Problem> problems(int plane) {
        PlaneLayout layout = layouts.get(plane);
        String where = "directory %d at offset %,d".formatted(layout.directory(), layout.offset());
        BlockTable table;
        try {
            table = BlockTable.load(bytes, layout, planes.get(plane).sample());
        } catch (Malformed e) {
            return List.of(Problem.refusal("input.tiff.damaged", where, e.found(), COPY_AGAIN));
        }
        String parts = layout.isTiled() ? "tiles" : "strips";
        List<Problem> found = new ArrayList<>();
        int[] outside = table.outside(bytes.size());
        if (outside.length > 0) {
            found.add(Problem.refusal(
                    "input.tiff.cut-off",
                    where,
                    "%,d of %,d %s do not lie in the file, which has %,d bytes; the first is %s."
                            .formatted(outside.length, table.size(), parts, bytes.size(), table.nameOf(outside[0])),
                    COPY_AGAIN));
        }
        if (table.absent() > 0) {
            found.add(Problem.note(
                    "input.tiff.absent",
                    where,
                    "%,d of %,d %s are not stored; their pixels count as zeros."
                            .formatted(table.absent(), table.size(), parts),
                    "Nothing, if nothing was scanned there; else the file was never finished: write it again."));
        }
        return found;
    }

    @Override
    public long readerBytes(int plane, int keptBlocks) {
        PlaneLayout layout = layouts.get(plane);
        return ReaderMemory.keeping(keptBlocks, layout, storedBytes(layout, table(plane)));
    }

    @Override
    public PlaneReader reader(int plane, long mostBytes) {
        Plane chosen = planes.get(plane);
        PlaneLayout layout = layouts.get(plane);
        // Before the table is loaded, which takes memory itself.
        ReaderMemory.within(mostBytes, path(), layout, 0);
        BlockTable table = table(plane);
        ReaderMemory memory = ReaderMemory.within(mostBytes, path(), layout, storedBytes(layout, table));
        return naming(layout, () -> new TiffPlaneReader(bytes, chosen, layout, table, memory));
    }

    private BlockTable table(int plane) {
        PlaneLayout layout = layouts.get(plane);
        return naming(
                layout, () -> BlockTable.load(bytes, layout, planes.get(plane).sample()));
    }

    private long storedBytes(PlaneLayout layout, BlockTable table) {
        return layout.compression() == Compression.NONE
                ? 0
                : table.mostStoredBytes(Math.min(bytes.size(), BlockReader.mostStoredBytes(layout)));
    }

    private <T> T naming(PlaneLayout layout, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Malformed e) {
            throw new InputRefused(
                    "%s: directory %d at offset %,d: what its tiles need cannot be read: %s."
                            .formatted(path(), layout.directory(), layout.offset(), e.found()),
                    COPY_AGAIN,
                    e);
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
