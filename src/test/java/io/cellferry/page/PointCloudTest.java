package io.cellferry.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Points lie where they belong, in the colour of most of them.
class PointCloudTest {

    private static final long MANY = 1_000_000;

    @Test
    void upIsUpAndRightIsRight() throws IOException {
        PointCloud cloud = new PointCloud(2, MANY);
        cloud.add(-1, -1, 0);
        cloud.add(1, 1, 1);

        BufferedImage drawn = drawn(cloud);

        assertThat(drawn.getRGB(0, drawn.getHeight() - 1) & 0xffffff).isEqualTo(Colours.of(0));
        assertThat(drawn.getRGB(drawn.getWidth() - 1, 0) & 0xffffff).isEqualTo(Colours.of(1));
        assertThat(drawn.getRGB(0, 0) >>> 24).as("nothing was there").isZero();
    }

    @Test
    void aPixelHasTheColourOfMostOfItsPointsWhateverTheirOrder() throws IOException {
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            groups.add(i < 60 ? 2 : i % 2);
        }
        for (long seed = 0; seed < 10; seed++) {
            Collections.shuffle(groups, new Random(seed));
            PointCloud cloud = new PointCloud(3, MANY);
            groups.forEach(group -> cloud.add(0.25, 0.5, group));

            assertThat(drawn(cloud).getRGB(0, 0) & 0xffffff).as("seed %d", seed).isEqualTo(Colours.of(2));
        }
    }

    @Test
    void pointsWithoutAGroupAreGreyAndThoseWithoutAPlaceAreLeftOut() throws IOException {
        PointCloud cloud = new PointCloud(Colours.GROUPS, MANY);
        cloud.add(0, 0, -1);
        cloud.add(Double.NaN, 0, 0);
        cloud.add(0, 1.5, 0);

        BufferedImage drawn = drawn(cloud);

        assertThat(drawn.getWidth() * drawn.getHeight()).isEqualTo(1);
        assertThat(drawn.getRGB(0, 0) & 0xffffff).isEqualTo(Colours.NONE);
    }

    @Test
    void nothingAtAllIsStillAPicture() throws IOException {
        assertThat(drawn(new PointCloud(1, 0)).getWidth()).isEqualTo(1);
        assertThatThrownBy(() -> new PointCloud(Colours.GROUPS + 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BufferedImage drawn(PointCloud cloud) throws IOException {
        return PngTest.read(cloud.pixels().png());
    }
}
