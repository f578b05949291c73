package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.image.BlockGrid;
import io.cellferry.image.PixelRegion;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import java.util.Arrays;

/// Puts regions together from decoded blocks, of which it keeps the ones used last.
final class TiffPlaneReader implements PlaneReader {

    private final TiffBytes bytes;
    private final Plane plane;
    private final PlaneLayout layout;
    private final BlockTable table;
    private final BlockReader blockReader;
    private final DecodedBlocks decoded;
    private final long readerBytes;

    TiffPlaneReader(TiffBytes bytes, Plane plane, PlaneLayout layout, BlockTable table, ReaderMemory memory) {
        this.bytes = bytes;
        this.plane = plane;
        this.layout = layout;
        this.table = table;
        this.blockReader = new BlockReader(bytes, layout, table);
        this.decoded = new DecodedBlocks(memory.keptBlocks(), layout.blockBytes() + BlockReader.SLACK_BYTES);
        this.readerBytes = memory.bytes();
    }

    @Override
    public Plane plane() {
        return plane;
    }

    @Override
    public long readerBytes() {
        return readerBytes;
    }

    @Override
    public void read(PixelRegion region, byte[] into, int at, int rowBytes) {
        BlockGrid blocks = layout.blocks();
        int pixelBytes = layout.type().bytes();
        checkRoom(region, into, at, rowBytes);
        if (region.width() == 0 || region.height() == 0) {
            return;
        }
        int firstColumn = (int) (region.x() / blocks.blockWidth());
        int lastColumn = (int) ((region.x() + region.width() - 1) / blocks.blockWidth());
        int firstRow = (int) (region.y() / blocks.blockHeight());
        int lastRow = (int) ((region.y() + region.height() - 1) / blocks.blockHeight());
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                PixelRegion whole = blocks.region(column, row);
                long left = Math.max(region.x(), whole.x());
                long top = Math.max(region.y(), whole.y());
                int width = (int) (Math.min(region.x() + region.width(), whole.x() + whole.width()) - left);
                int height = (int) (Math.min(region.y() + region.height(), whole.y() + whole.height()) - top);
                int target = at + (int) (top - region.y()) * rowBytes + (int) (left - region.x()) * pixelBytes;
                int block = (int) (row * blocks.columns() + column);
                Rectangle part = new Rectangle((int) (left - whole.x()), (int) (top - whole.y()), width, height);
                copy(block, part, into, target, rowBytes);
            }
        }
    }

    /// Pixels of a block, from its upper left.
    private record Rectangle(int x, int y, int width, int height) {}

    private void checkRoom(PixelRegion region, byte[] into, int at, int rowBytes) {
        if (region.width() > plane.width() - region.x() || region.height() > plane.height() - region.y()) {
            throw new IllegalArgumentException(
                    "%s lies outside of a plane of %,d x %,d pixels".formatted(region, plane.width(), plane.height()));
        }
        long used = (long) region.width() * layout.type().bytes();
        long end = region.height() == 0 ? 0 : at + (region.height() - 1L) * rowBytes + used;
        if (at < 0 || (region.height() > 1 && rowBytes < used) || end > into.length) {
            throw new IllegalArgumentException("%s in rows of %,d bytes from %,d on does not fit into %,d bytes"
                    .formatted(region, rowBytes, at, into.length));
        }
    }

    private void copy(int block, Rectangle part, byte[] into, int target, int rowBytes) {
        DecodedBlocks.Block found = decoded(block);
        int pixelBytes = layout.type().bytes();
        int copied = part.width() * pixelBytes;
        int stride = pixelBytes * layout.samplesTogether();
        for (int row = 0; row < part.height(); row++) {
            int to = target + row * rowBytes;
            int from = (part.y() + row) * layout.rowBytes() + part.x() * stride;
            if (!found.isStored()) {
                Arrays.fill(into, to, to + copied, (byte) 0);
            } else if (stride == pixelBytes) {
                System.arraycopy(found.pixels(), from, into, to, copied);
            } else {
                pick(found.pixels(), from + plane.sample() * pixelBytes, stride, into, to, part.width());
            }
        }
    }

    /// One sample out of pixels of several.
    private void pick(byte[] pixels, int from, int stride, byte[] into, int to, int count) {
        int pixelBytes = layout.type().bytes();
        for (int pixel = 0; pixel < count; pixel++) {
            for (int place = 0; place < pixelBytes; place++) {
                into[to + pixel * pixelBytes + place] = pixels[from + pixel * stride + place];
            }
        }
    }

    private DecodedBlocks.Block decoded(int block) {
        DecodedBlocks.Block found = decoded.find(block);
        if (found != null) {
            return found;
        }
        DecodedBlocks.Block oldest = decoded.oldest();
        try {
            oldest.hold(block, blockReader.read(block, oldest.pixels()));
            return oldest;
        } catch (Malformed e) {
            throw new InputRefused(
                    "%s: %s at offset %s cannot be read: %s"
                            .formatted(
                                    bytes.path(),
                                    layout.nameOf(block),
                                    Long.toUnsignedString(table.offset(block)),
                                    e.found()),
                    OmeTiffFile.COPY_AGAIN,
                    e);
        }
    }

    @Override
    public void close() {
        blockReader.close();
    }
}
