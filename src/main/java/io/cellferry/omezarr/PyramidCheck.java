package io.cellferry.omezarr;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.PixelType;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.StoredArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Checks a stored image: that its metadata agrees with its arrays, that each level is made of the one before, and that
/// the full one is what it was made from.
///
/// Every chunk is decoded once or twice; memory is nine chunks, whatever the size of the image.
public final class PyramidCheck {

    private static final int MOST_FINDINGS = 20;

    private final StoredPyramid image;
    private final List<Problem> problems = new ArrayList<>();

    public PyramidCheck(StoredPyramid image) {
        this.image = image;
    }

    /// Shapes, axes, scales and channels, without reading a pixel.
    public List<Problem> metadata() {
        StoredArray full = image.array(0);
        for (int level = 0; level < image.levels(); level++) {
            StoredArray array = image.array(level);
            for (int dimension = 1; dimension < 3; dimension++) {
                long extent = full.shape().get(dimension);
                for (int times = 0; times < level; times++) {
                    extent = extent + 1 >> 1;
                }
                if (array.shape().get(dimension) != extent) {
                    find(
                            "image.shape",
                            level,
                            "expected %,d pixels in dimension %d, found %,d"
                                    .formatted(extent, dimension, array.shape().get(dimension)));
                }
            }
            if (!array.shape().getFirst().equals(full.shape().getFirst())
                    || !array.kind().equals(full.kind())) {
                find("image.level", level, "its channels or its type are not those of the full image");
            }
            array.unreadable().ifPresent(reason -> find("image.unreadable", 0, reason));
            scales(level);
        }
        int labels = image.labels().size();
        if (labels != full.shape().getFirst()) {
            find(
                    "image.channels",
                    0,
                    "expected %,d named channels, found %,d"
                            .formatted(full.shape().getFirst(), labels));
        }
        return problems;
    }

    private void scales(int level) {
        JsonNode dataset =
                image.image().path("multiscales").path(0).path("datasets").path(level);
        for (JsonNode transformation : dataset.path("coordinateTransformations")) {
            for (JsonNode scale : transformation.path("scale")) {
                if (!(scale.asDouble(0) > 0)) {
                    find("image.scale", level, "expected scales above 0, found %s".formatted(transformation));
                }
            }
        }
    }

    private void find(String code, int level, String found) {
        if (problems.size() < MOST_FINDINGS) {
            problems.add(Problem.refusal(
                    code,
                    "%s, level %d".formatted(image.path(), level),
                    found + ".",
                    "Write the image again from its scans."));
        }
    }

    /// That every level but the first is the one before, halved as the image says. Needs sound metadata.
    public List<Problem> levels() {
        Downsampling downsampling = image.downsampling().orElse(null);
        if (downsampling == null) {
            return List.of(Problem.note(
                    "image.downsampling",
                    image.path().toString(),
                    "does not say in a known way how its levels were made, so they were not compared.",
                    ""));
        }
        Halving halving = Halving.of(image.type(), downsampling);
        for (int level = 1; level < image.levels(); level++) {
            try (ChunkReader above = image.reader(level - 1);
                    ChunkReader below = image.reader(level)) {
                int at = level;
                eachChunk(level, (place, region) -> level(at, place, region, above, below, halving));
            } catch (InputRefused damaged) {
                unreadable(damaged);
            }
        }
        return problems;
    }

    private interface ChunkWork {
        void at(long[] place, PixelRegion region);
    }

    private void eachChunk(int level, ChunkWork work) {
        StoredArray array = image.array(level);
        int side = array.chunk().get(1);
        int across = array.chunk().get(2);
        for (long channel = 0; channel < array.shape().getFirst(); channel++) {
            for (long y = 0; y < array.shape().get(1); y += side) {
                for (long x = 0; x < array.shape().get(2); x += across) {
                    PixelRegion region = new PixelRegion(
                            x, y, (int) Math.min(across, array.shape().get(2) - x), (int)
                                    Math.min(side, array.shape().get(1) - y));
                    work.at(new long[] {channel, y / side, x / across}, region);
                }
            }
        }
    }

    private void level(
            int level, long[] place, PixelRegion region, ChunkReader above, ChunkReader below, Halving halving) {
        StoredArray array = image.array(level);
        StoredArray larger = image.array(level - 1);
        if (!array.chunk().equals(larger.chunk())
                || array.chunk().get(1) % 2 != 0
                || array.chunk().get(2) % 2 != 0) {
            return;
        }
        int bytes = image.type().bytes();
        int side = array.chunk().get(1);
        int across = array.chunk().get(2);
        byte[] expected = new byte[array.chunkBytes()];
        byte[] source = new byte[larger.chunkBytes()];
        for (int quarter = 0; quarter < 4; quarter++) {
            long row = 2 * place[1] + quarter / 2;
            long column = 2 * place[2] + quarter % 2;
            long height = Math.min(side, larger.shape().get(1) - row * side);
            long width = Math.min(across, larger.shape().get(2) - column * across);
            if (height > 0 && width > 0) {
                above.read(new long[] {place[0], row, column}, source);
                int to = (quarter / 2 * side / 2 * across + quarter % 2 * across / 2) * bytes;
                halving.halve(source, 0, across * bytes, (int) width, (int) height, expected, to, across * bytes);
            }
        }
        byte[] found = new byte[array.chunkBytes()];
        below.read(place, found);
        compare(level, place, region, expected, found, across * bytes, "halving level %d".formatted(level - 1));
    }

    /// That the full level of `channel` holds what `source` gives.
    public List<Problem> against(int channel, PixelSource source, String what) {
        PixelType type = image.type();
        int rowBytes = image.array(0).chunk().get(2) * type.bytes();
        byte[] expected = new byte[image.array(0).chunkBytes()];
        byte[] found = new byte[image.array(0).chunkBytes()];
        try (ChunkReader reader = image.reader(0)) {
            eachChunk(0, (place, region) -> {
                if (place[0] == channel) {
                    source.read(region, expected, 0, rowBytes);
                    reader.read(place, found);
                    compare(0, place, region, expected, found, rowBytes, what);
                }
            });
        } catch (InputRefused damaged) {
            unreadable(damaged);
        }
        return problems;
    }

    private void unreadable(InputRefused damaged) {
        problems.add(Problem.refusal(
                "image.unreadable", image.path().toString(), String.valueOf(damaged.getMessage()), damaged.remedy()));
    }

    private void compare(
            int level, long[] place, PixelRegion region, byte[] expected, byte[] found, int rowBytes, String what) {
        int used = region.width() * image.type().bytes();
        for (int row = 0; row < region.height(); row++) {
            int from = row * rowBytes;
            int at = Arrays.mismatch(expected, from, from + used, found, from, from + used);
            if (at >= 0) {
                find(
                        "image.differs",
                        level,
                        "channel %s, row %,d, column %,d is not what %s gives"
                                .formatted(
                                        named(place[0]),
                                        region.y() + row,
                                        region.x() + at / image.type().bytes(),
                                        what));
                return;
            }
        }
    }

    /// By its number and the label that people know it by.
    private String named(long channel) {
        List<String> labels = image.labels();
        return channel < labels.size()
                ? "%d (%s)".formatted(channel, labels.get(Math.toIntExact(channel)))
                : Long.toString(channel);
    }
}
