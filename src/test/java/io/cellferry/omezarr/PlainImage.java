package io.cellferry.omezarr;

import io.cellferry.image.PixelRegion;
import io.cellferry.image.PixelType;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.StoredArray;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/// One channel held whole, halved pixel by pixel in the most obvious way.
final class PlainImage {

    final PixelType type;
    final int width;
    final int height;
    final byte[] pixels;

    private PlainImage(PixelType type, int width, int height) {
        this.type = type;
        this.width = width;
        this.height = height;
        this.pixels = new byte[width * height * type.bytes()];
    }

    /// Noise with a part that is zero, so that some chunks are.
    static PlainImage random(PyramidLayout layout, Random random) {
        PlainImage image = new PlainImage(layout.type(), (int) layout.width(), (int) layout.height());
        ByteBuffer all = image.buffer();
        int zeroTo = random.nextInt(image.height + 1);
        boolean small = random.nextBoolean();
        for (int pixel = zeroTo * image.width; pixel < image.width * image.height; pixel++) {
            int at = pixel * image.type.bytes();
            long bits = small ? random.nextInt(200) : random.nextLong();
            switch (image.type) {
                case UINT8, INT8 -> all.put(at, (byte) bits);
                case UINT16, INT16 -> all.putShort(at, (short) bits);
                case UINT32, INT32 -> all.putInt(at, (int) bits);
                case FLOAT32 -> all.putFloat(at, (float) (random.nextGaussian() * 1e3));
                case FLOAT64 -> all.putDouble(at, random.nextGaussian() * 1e3);
            }
        }
        return image;
    }

    static PlainImage copy(PlainImage of) {
        PlainImage copy = new PlainImage(of.type, of.width, of.height);
        System.arraycopy(of.pixels, 0, copy.pixels, 0, of.pixels.length);
        return copy;
    }

    /// What a store holds, chunk by chunk.
    static PlainImage stored(StoredPyramid stored, int level, int channel) {
        StoredArray array = stored.array(level);
        int side = array.chunk().get(1);
        PlainImage image = new PlainImage(
                stored.type(),
                Math.toIntExact(array.shape().get(2)),
                Math.toIntExact(array.shape().get(1)));
        byte[] chunk = new byte[array.chunkBytes()];
        int bytes = image.type.bytes();
        try (ChunkReader reader = stored.reader(level)) {
            for (int row = 0; row < image.height; row++) {
                for (int from = 0; from < image.width; from += side) {
                    reader.read(new long[] {channel, row / side, from / side}, chunk);
                    int used = Math.min(side, image.width - from) * bytes;
                    System.arraycopy(
                            chunk, row % side * side * bytes, image.pixels, (row * image.width + from) * bytes, used);
                }
            }
        }
        return image;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
    }

    void read(PixelRegion region, byte[] into, int at, int rowBytes) {
        int bytes = type.bytes();
        for (int row = 0; row < region.height(); row++) {
            int from = ((int) region.y() + row) * width + (int) region.x();
            System.arraycopy(pixels, from * bytes, into, at + row * rowBytes, region.width() * bytes);
        }
    }

    /// Pixels that are numbers.
    long numbers() {
        return (long) width * height;
    }

    PlainImage halved(Downsampling how) {
        PlainImage half = new PlainImage(type, (width + 1) / 2, (height + 1) / 2);
        for (int row = 0; row < half.height; row++) {
            for (int column = 0; column < half.width; column++) {
                int right = Math.min(2 * column + 1, width - 1);
                int below = Math.min(2 * row + 1, height - 1);
                half.put(
                        column,
                        row,
                        how,
                        at(2 * column, 2 * row),
                        at(2 * column, below),
                        at(right, 2 * row),
                        at(right, below));
            }
        }
        return half;
    }

    private BigDecimal at(int column, int row) {
        int at = (row * width + column) * type.bytes();
        ByteBuffer all = buffer();
        return switch (type) {
            case UINT8 -> BigDecimal.valueOf(all.get(at) & 0xff);
            case INT8 -> BigDecimal.valueOf(all.get(at));
            case UINT16 -> BigDecimal.valueOf(all.getShort(at) & 0xffff);
            case INT16 -> BigDecimal.valueOf(all.getShort(at));
            case UINT32 -> BigDecimal.valueOf(all.getInt(at) & 0xffff_ffffL);
            case INT32 -> BigDecimal.valueOf(all.getInt(at));
            case FLOAT32 -> new BigDecimal(all.getFloat(at));
            case FLOAT64 -> new BigDecimal(all.getDouble(at));
        };
    }

    private void put(
            int column,
            int row,
            Downsampling how,
            BigDecimal upperLeft,
            BigDecimal lowerLeft,
            BigDecimal upperRight,
            BigDecimal lowerRight) {
        int at = (row * width + column) * type.bytes();
        BigDecimal exact =
                switch (how) {
                    case MEAN ->
                        upperLeft.add(lowerLeft).add(upperRight).add(lowerRight).divide(BigDecimal.valueOf(4));
                    case NEAREST -> upperLeft;
                    case MAX -> upperLeft.max(lowerLeft).max(upperRight).max(lowerRight);
                };
        ByteBuffer all = buffer();
        switch (type) {
            case UINT8, INT8 -> all.put(at, (byte) rounded(exact));
            case UINT16, INT16 -> all.putShort(at, (short) rounded(exact));
            case UINT32, INT32 -> all.putInt(at, (int) rounded(exact));
            case FLOAT32 -> {
                float sum = upperLeft.floatValue() + lowerLeft.floatValue();
                sum += upperRight.floatValue();
                sum += lowerRight.floatValue();
                all.putFloat(at, how == Downsampling.MEAN ? sum / 4 : exact.floatValue());
            }
            case FLOAT64 -> {
                double sum = upperLeft.doubleValue() + lowerLeft.doubleValue();
                sum += upperRight.doubleValue();
                sum += lowerRight.doubleValue();
                all.putDouble(at, how == Downsampling.MEAN ? sum / 4 : exact.doubleValue());
            }
        }
    }

    /// Halves go up, towards larger numbers.
    private static long rounded(BigDecimal exact) {
        BigInteger floor = exact.add(new BigDecimal("0.5"))
                .setScale(0, java.math.RoundingMode.FLOOR)
                .toBigInteger();
        return floor.longValue();
    }
}
