package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.storage.ManifestCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Defect 14 of the pipeline we stand in for: it read whole planes, so that memory grew with them. Here a plane is 25
/// times as large as the heap.
class HugePlaneTest {

    private static final int SIDE = 40_000;
    private static final int TILE = 512;
    private static final int HEAP_MEGABYTES = 128;

    @TempDir
    Path temporary;

    @Test
    void aPlaneLargerThanTheHeapIsConverted() throws Exception {
        Path folder = temporary.toRealPath();
        Path scans = Files.createDirectory(folder.resolve("scans"));
        writeMostlyEmpty(scans.resolve("T_1.0.4_R000_DAPI_FINAL_F.ome.tif"));
        Path output = folder.resolve("images");
        List<String> arguments = List.of(
                "pyramid",
                scans.toString(),
                "-o",
                output.toString(),
                "--state-dir",
                folder.resolve("state").toString(),
                "--chunk-size",
                "512",
                "--codec",
                "none",
                "--memory",
                "512MB",
                "--threads",
                "1");

        try (ChildProcess child =
                ChildProcess.start(folder, HEAP_MEGABYTES, "io.cellferry.launch.cli.Cellferry", arguments)) {
            assertThat(child.exitCode()).as(child::said).isZero();
        }

        assertThat(ManifestCheck.full(output)).isEmpty();
        // Row 20,000 and column 20,000 lie in chunk 39 of 79, 32 pixels from its edges.
        byte[] chunk = Files.readAllBytes(output.resolve("R000.zarr/0/0/39/39"));
        assertThat(chunk).hasSize(TILE * TILE * 2);
        assertThat(ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).getShort(2 * (32 * TILE + 32)))
                .isEqualTo((short) 1234);
        assertThat(output.resolve("R000.zarr/0/0/0/0")).doesNotExist();
    }

    /// uint16 in tiles, all of them empty (no bytes) but the one in the middle, where every pixel is 1,234.
    private static void writeMostlyEmpty(Path file) throws IOException {
        int across = (SIDE + TILE - 1) / TILE;
        int tiles = across * across;
        int lit = SIDE / 2 / TILE * across + SIDE / 2 / TILE;
        byte[] text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="Pixels:0"
                DimensionOrder="XYCZT" Type="uint16" SizeX="%1$d" SizeY="%1$d" SizeC="1" SizeZ="1" SizeT="1"
                PhysicalSizeX="0.325" PhysicalSizeY="0.325"><Channel ID="Channel:0:0" SamplesPerPixel="1"/>
                <TiffData IFD="0" PlaneCount="1"/></Pixels></Image></OME>\0""".formatted(SIDE).getBytes(StandardCharsets.UTF_8);
        int offsets = 8;
        int counts = offsets + 4 * tiles;
        int description = counts + 4 * tiles;
        int pixels = description + text.length + text.length % 2;
        int directory = pixels + TILE * TILE * 2;
        int[][] entries = {
            {256, 4, 1, SIDE},
            {257, 4, 1, SIDE},
            {258, 3, 1, 16},
            {259, 3, 1, 1},
            {262, 3, 1, 1},
            {270, 2, text.length, description},
            {322, 3, 1, TILE},
            {323, 3, 1, TILE},
            {324, 4, tiles, offsets},
            {325, 4, tiles, counts},
            {339, 3, 1, 1}
        };
        ByteBuffer bytes =
                ByteBuffer.allocate(directory + 2 + 12 * entries.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 0x4949).putShort((short) 42).putInt(directory);
        bytes.putInt(offsets + 4 * lit, pixels).putInt(counts + 4 * lit, TILE * TILE * 2);
        bytes.position(description).put(text);
        for (int pixel = 0; pixel < TILE * TILE; pixel++) {
            bytes.putShort(pixels + 2 * pixel, (short) 1234);
        }
        bytes.position(directory).putShort((short) entries.length);
        for (int[] entry : entries) {
            bytes.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
            bytes.putInt(entry[3]);
        }
        Files.write(file, bytes.array());
    }
}
