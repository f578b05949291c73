package io.cellferry.omezarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.PixelType;
import io.cellferry.storage.PlainUnit;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.ZarrVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pyramids of every size, type, shape of superblock and version hold on each level what a plain loop over the whole
/// image makes of it.
class SuperblockWriterTest {

    private static final int SUPERBLOCK = 64;

    @TempDir
    private Path folder;

    @Test
    void everyLevelIsTheOneBeforeHalved() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 64; trial++) {
            PyramidLayout layout = layout(random, trial);
            PlainImage[] image = new PlainImage[layout.channels()];
            for (int channel = 0; channel < image.length; channel++) {
                image[channel] = PlainImage.random(layout, random);
            }
            Path output = Files.createDirectory(folder.resolve("trial-" + trial));

            write(layout, image, output);

            assertLevels("seed %d, trial %d, %s".formatted(seed, trial, layout), layout, image, output);
        }
    }

    private static PyramidLayout layout(Random random, int trial) {
        ZarrVersion version = random.nextBoolean() ? ZarrVersion.THREE : ZarrVersion.TWO;
        // One pixel, one row, two columns, a superblock exactly and one more, and anything.
        int[] extents = {1, 2, SUPERBLOCK, SUPERBLOCK + 1, 2 * SUPERBLOCK, 3, 1 + random.nextInt(3 * SUPERBLOCK)};
        long width = extents[random.nextInt(extents.length)];
        long height = extents[random.nextInt(extents.length)];
        return new PyramidLayout(
                version,
                PixelType.values()[trial % PixelType.values().length],
                width,
                height,
                1 + random.nextInt(3),
                PyramidLayout.usefulLevels(width, height, 1 + random.nextInt(9)),
                16 << random.nextInt(3),
                SUPERBLOCK,
                version == ZarrVersion.THREE && random.nextBoolean(),
                random.nextInt(3) == 0,
                List.of(Compression.NONE, Compression.BLOSC_LZ4, Compression.BLOSC_ZSTD)
                        .get(random.nextInt(3)),
                1 + random.nextInt(9),
                Downsampling.values()[random.nextInt(3)]);
    }

    /// Of one channel, each chunk a file with the very pixels.
    private static PyramidLayout plain(PixelType type, long width, long height, int levels) {
        return new PyramidLayout(
                ZarrVersion.TWO,
                type,
                width,
                height,
                1,
                levels,
                16,
                SUPERBLOCK,
                false,
                false,
                Compression.NONE,
                5,
                Downsampling.MEAN);
    }

    private static void write(PyramidLayout layout, PlainImage[] image, Path output) {
        Path scratch = output.resolveSibling(output.getFileName() + "-scratch");
        List<PyramidMetadata.ShownChannel> shown = new ArrayList<>();
        for (int channel = 0; channel < layout.channels(); channel++) {
            int of = channel;
            PixelSource source = image[channel]::read;
            for (Pass pass : layout.passes()) {
                try (SuperblockWriter writer = new SuperblockWriter(layout, pass, "image.zarr")) {
                    for (Superblock superblock : pass.superblocks(layout, channel)) {
                        try (PlainUnit unit = new PlainUnit(output, scratch)) {
                            writer.write(superblock, source, superblock.partitionName(), unit);
                            unit.commit();
                        }
                    }
                }
                source = new PieceSource(layout, pass, of, block -> scratch.resolve(block.partitionName()));
            }
            PixelStatistics statistics = new PixelStatistics(layout.type());
            for (Superblock superblock : layout.passes().getFirst().superblocks(layout, channel)) {
                SuperblockWriter.addStatistics(
                        layout, superblock, scratch.resolve(superblock.partitionName()), statistics);
            }
            assertThat(statistics.pixels()).isEqualTo(image[channel].numbers());
            shown.add(new PyramidMetadata.ShownChannel("channel " + channel, 0xff0000, statistics.window()));
        }
        try (PlainUnit unit = new PlainUnit(output, scratch)) {
            new PyramidMetadata("image", Optional.empty(), shown)
                    .hierarchy(layout)
                    .write(unit, "image.zarr");
            unit.commit();
        }
    }

    private static void assertLevels(String what, PyramidLayout layout, PlainImage[] image, Path output) {
        try (StoredPyramid stored = StoredPyramid.open(output.resolve("image.zarr"))) {
            assertThat(stored.levels()).as(what).isEqualTo(layout.levels());
            assertThat(stored.type()).as(what).isEqualTo(layout.type());
            for (int channel = 0; channel < layout.channels(); channel++) {
                PlainImage expected = image[channel];
                for (int level = 0; level < layout.levels(); level++) {
                    assertThat(expected.width).as(what).isEqualTo((int) layout.width(level));
                    assertThat(expected.height).as(what).isEqualTo((int) layout.height(level));
                    assertThat(PlainImage.stored(stored, level, channel).pixels)
                            .as("%s, level %d, channel %d", what, level, channel)
                            .isEqualTo(expected.pixels);
                    expected = expected.halved(layout.downsampling());
                }
            }
            assertThat(new PyramidCheck(stored).metadata()).as(what).isEmpty();
            assertThat(new PyramidCheck(stored).levels()).as(what).isEmpty();
            assertThat(new PyramidCheck(stored).against(0, image[0]::read, "the image"))
                    .as(what)
                    .isEmpty();
        }
    }

    /// Nobody reads the smaller levels again before they are published.
    @Test
    void whatTheDiskGotWrongIsNotMadeIntoSmallerLevels() throws IOException {
        PyramidLayout layout = plain(
                PixelType.UINT8,
                2 * SUPERBLOCK,
                SUPERBLOCK,
                PyramidLayout.usefulLevels(2 * SUPERBLOCK, SUPERBLOCK, 30));
        Pass first = layout.passes().getFirst();
        Superblock superblock = first.superblocks(layout, 0).getFirst();
        try (SuperblockWriter writer = new SuperblockWriter(layout, first, "image.zarr");
                PlainUnit unit = new PlainUnit(folder, folder.resolve("scratch"))) {
            writer.write(superblock, PlainImage.random(layout, new Random(1))::read, superblock.partitionName(), unit);
            unit.commit();
        }
        Path left = folder.resolve("scratch").resolve(superblock.partitionName());
        byte[] written = Files.readAllBytes(left);

        assertThat(SuperblockWriter.leftBytes(layout, first)).isGreaterThanOrEqualTo(written.length);
        for (int at = 0; at < written.length; at++) {
            byte[] wrong = written.clone();
            wrong[at] ^= 16;
            Files.write(left, wrong);
            assertThatThrownBy(() -> readLeft(layout, first, superblock, left))
                    .as("byte %d", at)
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("does not fit");
        }
        Files.write(left, Arrays.copyOf(written, 3));
        assertThatThrownBy(() -> readLeft(layout, first, superblock, left)).isInstanceOf(StorageFailed.class);
        Files.write(left, written);
        readLeft(layout, first, superblock, left);
    }

    private static void readLeft(PyramidLayout layout, Pass pass, Superblock superblock, Path left) {
        int width = pass.unitWidth() >> pass.levels();
        int height = pass.unitHeight() >> pass.levels();
        new PieceSource(layout, pass, 0, block -> left)
                .read(new PixelRegion(0, 0, width, height), new byte[width * height], 0, width);
        SuperblockWriter.addStatistics(layout, superblock, left, new PixelStatistics(layout.type()));
    }

    @Test
    void oneOtherPixelIsFoundByWhoeverComparesLevels() throws IOException {
        PyramidLayout layout = plain(PixelType.UINT16, 100, 90, 3);
        PlainImage image = PlainImage.random(layout, new Random(4));
        PlainImage other = PlainImage.copy(image);
        other.pixels[2 * (50 * 100 + 70)] ^= 64;
        write(layout, new PlainImage[] {image}, folder);
        try (StoredPyramid stored = StoredPyramid.open(folder.resolve("image.zarr"))) {
            assertThat(new PyramidCheck(stored).against(0, other::read, "the other"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.found())
                            .contains("row 50, column 70")
                            .contains("the other"));
        }
        Path chunk = folder.resolve("image.zarr/1/0/1/1");
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[7 * 2] ^= 1;
        Files.write(chunk, bytes);
        try (StoredPyramid stored = StoredPyramid.open(folder.resolve("image.zarr"))) {
            assertThat(new PyramidCheck(stored).levels())
                    .anySatisfy(problem -> assertThat(problem.found()).contains("row 16, column 23"));
        }
    }

    /// A level of an image that nobody scanned is a few bytes of metadata.
    @Test
    void chunksOfZerosAreNotStored() throws IOException {
        PyramidLayout layout = new PyramidLayout(
                ZarrVersion.THREE,
                PixelType.UINT16,
                256,
                256,
                1,
                5,
                16,
                SUPERBLOCK,
                true,
                false,
                Compression.BLOSC_LZ4,
                5,
                Downsampling.MEAN);
        PlainImage image = PlainImage.random(layout, new Random(4));
        Arrays.fill(image.pixels, (byte) 0);
        image.pixels[2 * (200 * 256 + 100)] = 9;
        write(layout, new PlainImage[] {image}, folder);
        try (var files = Files.walk(folder.resolve("image.zarr/0"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder("image.zarr/0/zarr.json", "image.zarr/0/c/0/3/1");
        }
        assertLevels("one bright pixel", layout, new PlainImage[] {image}, folder);
    }

    @Test
    void aReaderIsAskedForEveryPixelOnce() {
        PyramidLayout layout = new PyramidLayout(
                ZarrVersion.TWO,
                PixelType.UINT8,
                300,
                200,
                1,
                5,
                16,
                SUPERBLOCK,
                false,
                true,
                Compression.NONE,
                5,
                Downsampling.MEAN);
        int[] asked = new int[200];
        try (SuperblockWriter writer =
                new SuperblockWriter(layout, layout.passes().getFirst(), "image.zarr")) {
            for (Superblock superblock : layout.passes().getFirst().superblocks(layout, 0)) {
                try (PlainUnit unit = new PlainUnit(folder, folder.resolve("scratch"))) {
                    writer.write(
                            superblock,
                            (PixelRegion region, byte[] into, int at, int rowBytes) -> {
                                assertThat(region.width())
                                        .as("strips are read in full width")
                                        .isEqualTo(300);
                                for (int row = 0; row < region.height(); row++) {
                                    asked[(int) region.y() + row]++;
                                }
                            },
                            superblock.partitionName(),
                            unit);
                }
            }
        }
        assertThat(asked).containsOnly(1);
    }
}
