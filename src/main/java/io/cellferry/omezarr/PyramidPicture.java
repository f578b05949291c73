package io.cellferry.omezarr;

import io.cellferry.image.PixelType;
import io.cellferry.page.Picture;
import io.cellferry.page.Png;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.StoredArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A thumbnail of a stored image, as a viewer would show it at first: the channels it calls active, each from its
/// window in its colour, added up.
///
/// Drawn from the smallest level that fills the thumbnail. Takes 3 MB and a reader's chunk; images whose smallest level
/// is still huge are not drawn.
public final class PyramidPicture {

    private static final int SIDE = 480;

    /// What is decoded at most; a smallest level of 4,096 x 4,096 pixels in four channels, for example.
    private static final long MOST_PIXELS = 64L << 20;

    private final StoredPyramid image;
    private final int level;
    private final long step;
    private final int width;
    private final int height;
    private final float[] light;

    private PyramidPicture(StoredPyramid image, int level) {
        this.image = image;
        this.level = level;
        List<Long> shape = image.array(level).shape();
        this.step = Math.max(1, Math.ceilDiv(Math.max(shape.get(1), shape.get(2)), SIDE));
        this.width = Math.toIntExact(Math.ceilDiv(shape.get(2), step));
        this.height = Math.toIntExact(Math.ceilDiv(shape.get(1), step));
        this.light = new float[3 * width * height];
    }

    /// One channel as the image says it is shown.
    private record Shown(int channel, String label, int colour, double start, double end) {}

    /// Empty when there is nothing to draw, or when drawing it would take too long.
    public static Optional<Picture> of(Path folder) {
        try (StoredPyramid image = StoredPyramid.open(folder)) {
            int level = level(image);
            List<Shown> shown = shown(image.image());
            List<Long> shape = image.array(level).shape();
            if (shown.isEmpty() || shape.get(1) * shape.get(2) > MOST_PIXELS / shown.size()) {
                return Optional.empty();
            }
            PyramidPicture picture = new PyramidPicture(image, level);
            try (ChunkReader reader = image.reader(level)) {
                shown.forEach(channel -> picture.add(channel, reader));
            }
            return Optional.of(picture.picture(String.valueOf(folder.getFileName()), shown));
        }
    }

    /// The smallest level that is not smaller than the thumbnail, else the full one.
    private static int level(StoredPyramid image) {
        int level = image.levels() - 1;
        while (level > 0
                && Math.max(
                                image.array(level).shape().get(1),
                                image.array(level).shape().get(2))
                        < SIDE) {
            level--;
        }
        return level;
    }

    private static List<Shown> shown(JsonNode image) {
        List<Shown> all = new ArrayList<>();
        int number = 0;
        for (JsonNode channel : image.path("omero").path("channels")) {
            if (channel.path("active").asBoolean(true)) {
                JsonNode window = channel.path("window");
                all.add(new Shown(
                        number,
                        channel.path("label").asString("channel " + number),
                        Integer.parseInt(channel.path("color").asString("FFFFFF"), 16),
                        window.path("start").asDouble(0),
                        window.path("end").asDouble(1)));
            }
            number++;
        }
        return all;
    }

    private void add(Shown shown, ChunkReader reader) {
        StoredArray array = image.array(level);
        int tall = array.chunk().get(1);
        int wide = array.chunk().get(2);
        byte[] chunk = new byte[array.chunkBytes()];
        ByteBuffer pixels = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        PixelType type = image.type();
        for (long top = 0; top < array.shape().get(1); top += tall) {
            for (long left = 0; left < array.shape().get(2); left += wide) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("drawing " + image.path() + " took too long");
                }
                reader.read(new long[] {shown.channel(), top / tall, left / wide}, chunk);
                long bottom = Math.min(top + tall, array.shape().get(1));
                long right = Math.min(left + wide, array.shape().get(2));
                for (long y = Math.ceilDiv(top, step) * step; y < bottom; y += step) {
                    for (long x = Math.ceilDiv(left, step) * step; x < right; x += step) {
                        int at = Math.toIntExact((y - top) * wide + x - left) * type.bytes();
                        light(shown, value(pixels, at, type), Math.toIntExact(y / step * width + x / step));
                    }
                }
            }
        }
    }

    private void light(Shown shown, double value, int at) {
        double share = (value - shown.start()) / (shown.end() - shown.start());
        float bright = (float) Math.max(0, Math.min(1, share));
        for (int part = 0; part < 3; part++) {
            light[3 * at + part] += bright * (shown.colour() >>> 8 * (2 - part) & 0xff);
        }
    }

    private static double value(ByteBuffer pixels, int at, PixelType type) {
        return switch (type) {
            case UINT8 -> pixels.get(at) & 0xff;
            case INT8 -> pixels.get(at);
            case UINT16 -> pixels.getShort(at) & 0xffff;
            case INT16 -> pixels.getShort(at);
            case UINT32 -> pixels.getInt(at) & 0xffff_ffffL;
            case INT32 -> pixels.getInt(at);
            case FLOAT32 -> pixels.getFloat(at);
            case FLOAT64 -> pixels.getDouble(at);
        };
    }

    private Picture picture(String name, List<Shown> shown) {
        byte[] bytes = new byte[light.length];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) Math.min(255, Math.round(light[at]));
        }
        List<Long> shape = image.array(level).shape();
        long every = (1L << level) * step;
        return new Picture(
                name,
                "%s: %,d of %,d channels of an image of %,d x %,d pixels, each in its own colour."
                        .formatted(
                                name,
                                shown.size(),
                                shape.getFirst(),
                                image.array(0).shape().get(2),
                                image.array(0).shape().get(1)),
                "Drawn from level %d of %d levels; a pixel here is %,d x %,d of the full image."
                        .formatted(level, image.levels(), every, every),
                new Picture.Pixels(Png.colours(width, height, bytes), width, height, 1, true),
                shown.stream()
                        .map(one -> new Picture.Key(
                                one.colour(), one.label(), "%.0f to %.0f".formatted(one.start(), one.end())))
                        .toList());
    }
}
