package io.cellferry.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// What is written is what another reader of PNG files sees.
class PngTest {

    @Test
    void paletteAndOpacityAreReadBackByTheJdk() throws IOException {
        int[] palette = {0, 0xff112233, 0x80fedcba};
        byte[] pixels = {0, 1, 2, 2, 1, 0};

        BufferedImage read = read(Png.indexed(3, 2, pixels, palette));

        for (int at = 0; at < pixels.length; at++) {
            assertThat(read.getRGB(at % 3, at / 3)).isEqualTo(palette[pixels[at]]);
        }
    }

    @Test
    void coloursOfEveryRowAreReadBackByTheJdk() throws IOException {
        byte[] pixels = new byte[3 * 37 * 11];
        new Random(5).nextBytes(pixels);

        BufferedImage read = read(Png.colours(37, 11, pixels));

        for (int at = 0; at < 37 * 11; at++) {
            int colour = (pixels[3 * at] & 0xff) << 16 | (pixels[3 * at + 1] & 0xff) << 8 | pixels[3 * at + 2] & 0xff;
            assertThat(read.getRGB(at % 37, at / 37) & 0xffffff).isEqualTo(colour);
        }
    }

    static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
