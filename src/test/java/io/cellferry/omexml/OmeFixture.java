package io.cellferry.omexml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// OME-XML in the shapes of real files, and small texts around a few elements.
final class OmeFixture {

    private OmeFixture() {}

    static String text(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/omexml", name + ".ome.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text of 2016-06 with `elements` in its root.
    static String ome(String elements) {
        return "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">" + elements + "</OME>";
    }

    /// An image of one channel, with `attributes` of its `Pixels` and `elements` in it.
    static String image(String attributes, String elements) {
        return "<Image ID=\"Image:0\" Name=\"i\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"uint16\""
                + " SizeX=\"6\" SizeY=\"5\" SizeC=\"1\" SizeZ=\"1\" SizeT=\"1\" " + attributes + ">" + elements
                + "</Pixels></Image>";
    }
}
