package io.cellferry.celldive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes TIFF files like those of a scanner, some hundred bytes each: planes of grey values in one strip, with
/// OME-XML that says the same unless a test wants it otherwise.
///
/// A plane has `width` x `height` zeros of `bits` (integers without sign, or floats of 32). `micrometres` is the
/// TIFF's resolution, 0 for none. `text` is the description, without one if it is empty.
public record TinyScan(int width, int height, int bits, int planes, double micrometres, String text) {

    /// 12 x 10 pixels of uint16 and 0.325 µm, as OME-XML alone says.
    public static final TinyScan SOUND = new TinyScan(12, 10, 16, 1, 0, "").with(xml());

    private static final int ENTRY_BYTES = 12;

    /// OME-XML of [#SOUND], in which tests replace what they want to be wrong.
    static String xml() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:1-2-3">
                  <Instrument ID="Instrument:0">
                    <Laser ID="LightSource:0" Type="Other" Power="40" PowerUnit="mW"/>
                    <Objective ID="Objective:0" NominalMagnification="20.0" LensNA="0.75"/>
                  </Instrument>
                  <Image ID="Image:0" Name="scan">
                    <AcquisitionDate>2025-10-08T09:30:00</AcquisitionDate>
                    <InstrumentRef ID="Instrument:0"/>
                    <ObjectiveSettings ID="Objective:0"/>
                    <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SizeX="12" SizeY="10" SizeC="1" SizeZ="1"
                        SizeT="1" PhysicalSizeX="0.325" PhysicalSizeY="0.325">
                      <Channel ID="Channel:0:0" Name="stain" SamplesPerPixel="1">
                        <LightSourceSettings ID="LightSource:0" Attenuation="0.5"/>
                      </Channel>
                      <TiffData FirstC="0" FirstT="0" FirstZ="0" IFD="0" PlaneCount="1"/>
                      <Plane TheC="0" TheT="0" TheZ="0" ExposureTime="100" ExposureTimeUnit="ms"/>
                    </Pixels>
                  </Image>
                </OME>""";
    }

    TinyScan with(String description) {
        return new TinyScan(width, height, bits, planes, micrometres, description);
    }

    /// With OME-XML in which `old` is replaced, which must be there.
    public TinyScan saying(String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("there is no " + old);
        }
        return with(text.replace(old, replacement));
    }

    TinyScan resolution(double size) {
        return new TinyScan(width, height, bits, planes, size, text);
    }

    TinyScan planes(int count) {
        return new TinyScan(width, height, bits, count, micrometres, text);
    }

    /// Of another size, OME-XML too.
    public TinyScan size(int otherWidth, int otherHeight) {
        return new TinyScan(otherWidth, otherHeight, bits, planes, micrometres, text)
                .saying("SizeX=\"12\" SizeY=\"10\"", "SizeX=\"%d\" SizeY=\"%d\"".formatted(otherWidth, otherHeight));
    }

    /// Of another type, OME-XML too: uint8, uint16 or float.
    public TinyScan type(String word) {
        int otherBits = word.equals("float") ? 32 : Integer.parseInt(word.substring("uint".length()));
        return new TinyScan(width, height, otherBits, planes, micrometres, text)
                .saying("Type=\"uint16\"", "Type=\"%s\"".formatted(word));
    }

    Path write(Path file) throws IOException {
        return write(file, new byte[0]);
    }

    /// With pixels that begin with `content`, little-endian; all others are zero.
    public Path write(Path file, byte[] content) throws IOException {
        byte[] description = (text + "\0").getBytes(StandardCharsets.UTF_8);
        int pixelBytes = width * height * bits / 8;
        int pixels = 8;
        int quotients = pixels + pixelBytes + pixelBytes % 2;
        int texts = quotients + 8;
        int first = texts + description.length + description.length % 2;
        List<int[]> entries = entries(pixels, pixelBytes, quotients, texts, description.length);
        int directoryBytes = 2 + entries.size() * ENTRY_BYTES + 4;
        ByteBuffer bytes = ByteBuffer.allocate(first + planes * directoryBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 0x4949).putShort((short) 42).putInt(first);
        bytes.position(pixels).put(content);
        // Pixels per centimetre, to seven digits.
        bytes.position(quotients)
                .putInt((int) Math.round(1e4 / Math.max(micrometres, 0.01) * 1000))
                .putInt(1000);
        bytes.position(texts).put(description);
        bytes.position(first);
        for (int plane = 0; plane < planes; plane++) {
            bytes.putShort((short) entries.size());
            for (int[] entry : entries) {
                bytes.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
                bytes.putInt(entry[3]);
            }
            bytes.putInt(plane + 1 < planes ? bytes.position() + 4 : 0);
        }
        return Files.write(file, bytes.array());
    }

    /// Tag, type (2 text, 3 short, 4 long, 5 quotient), count, value or its place; in ascending order.
    private List<int[]> entries(int pixels, int pixelBytes, int quotients, int texts, int textBytes) {
        List<int[]> entries = new ArrayList<>();
        entries.add(new int[] {256, 4, 1, width});
        entries.add(new int[] {257, 4, 1, height});
        entries.add(new int[] {258, 3, 1, bits});
        entries.add(new int[] {259, 3, 1, 1});
        entries.add(new int[] {262, 3, 1, 1});
        if (!text.isEmpty()) {
            entries.add(new int[] {270, 2, textBytes, texts});
        }
        entries.add(new int[] {273, 4, 1, pixels});
        entries.add(new int[] {278, 4, 1, height});
        entries.add(new int[] {279, 4, 1, pixelBytes});
        if (micrometres > 0) {
            entries.add(new int[] {282, 5, 1, quotients});
            entries.add(new int[] {283, 5, 1, quotients});
            entries.add(new int[] {296, 3, 1, 3});
        }
        entries.add(new int[] {339, 3, 1, bits == 32 ? 3 : 1});
        return entries;
    }
}
