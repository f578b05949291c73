package io.cellferry.page;

/// Points of a plane, drawn into a square of pixels: each pixel has the colour of the group that most of its points
/// belong to, and is the more opaque the more points there are.
///
/// Takes 9 bytes a pixel however many points come, and the order in which they come matters only where no group has
/// more than half of a pixel's points.
public final class PointCloud {

    private static final int SIDE = 900;
    private static final int DENSITY = 2;
    private static final int MARGIN = 12;

    private static final int LEVELS = 8;
    private static final double FAINTEST = 0.45;

    /// Discs instead of single pixels for fewer points than these.
    private static final int[] LARGER_BELOW = {400_000, 60_000, 8_000, 1_500};

    private final int groups;
    private final int radius;
    private final byte[] leader = new byte[SIDE * SIDE];
    private final int[] lead = new int[SIDE * SIDE];
    private final int[] count = new int[SIDE * SIDE];

    /// For about `points` points of `groups` groups.
    public PointCloud(int groups, long points) {
        if (groups < 1 || groups > Colours.GROUPS) {
            throw new IllegalArgumentException("%d groups; there are colours for %d".formatted(groups, Colours.GROUPS));
        }
        this.groups = groups;
        int larger = 0;
        for (int below : LARGER_BELOW) {
            larger += points < below ? 1 : 0;
        }
        this.radius = larger;
    }

    /// Adds the point (`x`, `y`), both from -1 to 1, of `group`; -1 for none. Points elsewhere have no place.
    public void add(double x, double y, int group) {
        if (!(Math.abs(x) <= 1 && Math.abs(y) <= 1)) {
            return;
        }
        int centre = SIDE / 2;
        int column = centre + (int) Math.round(x * (centre - MARGIN));
        int row = centre - (int) Math.round(y * (centre - MARGIN));
        byte voter = (byte) (group < 0 ? groups : group);
        for (int down = -radius; down <= radius; down++) {
            for (int across = -radius; across <= radius; across++) {
                if (down * down + across * across <= radius * (radius + 1)) {
                    vote((row + down) * SIDE + column + across, voter);
                }
            }
        }
    }

    /// Boyer and Moore's vote: whoever has more than half of all leads in the end.
    private void vote(int pixel, byte group) {
        count[pixel]++;
        if (lead[pixel] == 0) {
            leader[pixel] = group;
            lead[pixel] = 1;
        } else {
            lead[pixel] += leader[pixel] == group ? 1 : -1;
        }
    }

    /// Cut to what holds points.
    public Picture.Pixels pixels() {
        int most = 0;
        int top = SIDE;
        int bottom = 0;
        int left = SIDE;
        int right = 0;
        for (int pixel = 0; pixel < count.length; pixel++) {
            if (count[pixel] > 0) {
                most = Math.max(most, count[pixel]);
                top = Math.min(top, pixel / SIDE);
                bottom = Math.max(bottom, pixel / SIDE);
                left = Math.min(left, pixel % SIDE);
                right = Math.max(right, pixel % SIDE);
            }
        }
        if (most == 0) {
            return new Picture.Pixels(Png.indexed(1, 1, new byte[1], new int[] {0}), 1, 1, 1, false);
        }
        int width = right - left + 1;
        int height = bottom - top + 1;
        byte[] cut = new byte[width * height];
        double full = Math.log1p(most);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int pixel = (top + row) * SIDE + left + column;
                if (count[pixel] > 0) {
                    int level = (int) Math.min(LEVELS - 1, LEVELS * Math.log1p(count[pixel]) / full);
                    cut[row * width + column] = (byte) (1 + leader[pixel] * LEVELS + level);
                }
            }
        }
        return new Picture.Pixels(Png.indexed(width, height, cut, palette()), width, height, DENSITY, false);
    }

    /// Nothing first, then for each group its levels; 1 + 31 x 8 entries at most.
    private int[] palette() {
        int[] palette = new int[1 + (groups + 1) * LEVELS];
        for (int group = 0; group <= groups; group++) {
            for (int level = 0; level < LEVELS; level++) {
                double opacity = FAINTEST + (1 - FAINTEST) * (level + 1) / LEVELS;
                int colour = group == groups ? Colours.NONE : Colours.of(group);
                palette[1 + group * LEVELS + level] = (int) Math.round(255 * opacity) << 24 | colour;
            }
        }
        return palette;
    }
}
