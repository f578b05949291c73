package io.cellferry.page;

import java.util.List;

/// A picture for a page: `alt` says in words what it shows, for those who do not see it; `note` how it was made.
public record Picture(String title, String alt, String note, Form form, List<Key> legend) {
    public Picture {
        legend = List.copyOf(legend);
    }

    public sealed interface Form {
        /// Bytes it takes in a page, roughly.
        long bytes();
    }

    /// A PNG file of `width` x `height` pixels; a page shows `density` of them in a row in the place of one. What is
    /// not `opaque` lets the page's ground through.
    public record Pixels(byte[] png, int width, int height, int density, boolean opaque) implements Form {

        public int shownWidth() {
            return Math.max(1, width / density);
        }

        public int shownHeight() {
            return Math.max(1, height / density);
        }

        @Override
        public long bytes() {
            return png.length * 4L / 3;
        }
    }

    /// An `svg` element without scripts and without addresses, whose texts are escaped. Its texts and axes take their
    /// colours from the classes `axis`, `chosen` and `other` of the page.
    public record Drawing(String svg) implements Form {
        @Override
        public long bytes() {
            return svg.length();
        }
    }

    /// One colour (`0xrrggbb`), what it stands for, and how much there is of it.
    public record Key(int colour, String name, String amount) {}
}
