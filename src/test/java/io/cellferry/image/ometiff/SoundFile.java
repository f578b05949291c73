package io.cellferry.image.ometiff;

import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// One line of `sound.tsv`: what numpy says is in a plane of a file that other software wrote.
record SoundFile(
        String file,
        int number,
        int directory,
        int sample,
        String type,
        int width,
        int height,
        int blockWidth,
        int blockHeight,
        String compression,
        String reductions,
        String sha256) {

    static final Path FOLDER = Path.of("src/test/resources/ometiff/sound");
    static final long MOST_BYTES = 16 << 20;

    static List<SoundFile> all() {
        try (var lines = Files.lines(FOLDER.resolveSibling("sound.tsv"))) {
            return lines.map(SoundFile::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SoundFile of(String line) {
        String[] part = line.split("\t");
        return new SoundFile(
                part[0],
                Integer.parseInt(part[1]),
                Integer.parseInt(part[2]),
                Integer.parseInt(part[3]),
                part[4],
                Integer.parseInt(part[5]),
                Integer.parseInt(part[6]),
                Integer.parseInt(part[7]),
                Integer.parseInt(part[8]),
                part[9],
                part[10],
                part[11]);
    }

    ImageFile open() {
        return ImageFiles.open(FOLDER.resolve(file));
    }

    @Override
    public String toString() {
        return "%s plane %d".formatted(file, number);
    }

    /// All pixels of a plane in one piece; for planes that are small.
    static byte[] pixels(PlaneReader reader) {
        Plane plane = reader.plane();
        int rowBytes = Math.toIntExact(plane.width() * plane.type().bytes());
        byte[] pixels = new byte[Math.toIntExact(rowBytes * plane.height())];
        reader.read(new PixelRegion(0, 0, (int) plane.width(), (int) plane.height()), pixels, 0, rowBytes);
        return pixels;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
