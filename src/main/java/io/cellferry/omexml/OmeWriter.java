package io.cellferry.omexml;

import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.util.List;
import java.util.Optional;

/// Writes OME-XML 2016-06 for a merged image, with metadata only.
///
/// ```
/// OME
///   Instrument:0              if there is a light source, a detector or an objective
///     LightSource:0:n         a Laser, Arc, Filament, LightEmittingDiode or GenericExcitationSource; equal ones once
///     Detector:0:n            equal ones once
///     Objective:0:0           if the magnification is known
///   Image:0
///     AcquisitionDate
///     Pixels:0                XYCZT, one section and time point; the size of a pixel in µm
///       Channel:0:n           name, colour with full alpha, wavelengths in nm, settings of light and detector
///       MetadataOnly
///       Plane                 of every channel whose exposure is known, in ms
/// ```
///
/// Numbers have the shortest digits that are read back as the same. Words the schema has a list for and the list has
/// not become `Other`; characters XML cannot hold become U+FFFD. The type of a light source that cannot have one in
/// the schema is left out.
public final class OmeWriter {

    private static final String NAMESPACE = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    private OmeWriter() {}

    /// The document in UTF-8: valid against the schema, the same bytes for the same image.
    public static byte[] write(MergedImage image) {
        InstrumentParts parts = new InstrumentParts(image);
        boolean hasInstrument = !parts.isEmpty() || image.magnification().isPresent();
        XmlText xml = new XmlText();
        xml.open("OME")
                .attribute("xmlns", NAMESPACE)
                .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
                .attribute("xsi:schemaLocation", NAMESPACE + " " + NAMESPACE + "/ome.xsd")
                .attribute("Creator", "cellferry");
        if (hasInstrument) {
            xml.open("Instrument").attribute("ID", "Instrument:0");
            parts.write(xml);
            image.magnification().ifPresent(magnification -> writeObjective(xml, magnification, image.objective()));
            xml.close();
        }
        xml.open("Image").attribute("ID", "Image:0").attribute("Name", image.name());
        image.acquired().ifPresent(date -> xml.element("AcquisitionDate", date));
        if (hasInstrument) {
            xml.open("InstrumentRef").attribute("ID", "Instrument:0").close();
        }
        if (image.magnification().isPresent()) {
            xml.open("ObjectiveSettings").attribute("ID", "Objective:0:0").close();
        }
        writePixels(xml, image, parts);
        return xml.close().close().bytes();
    }

    private static void writeObjective(XmlText xml, double magnification, Optional<Objective> objective) {
        xml.open("Objective")
                .attribute("ID", "Objective:0:0")
                .attribute("Manufacturer", objective.flatMap(Objective::manufacturer))
                .attribute("Model", objective.flatMap(Objective::model))
                .attribute(
                        "Correction", objective.flatMap(Objective::correction).map(SchemaWord.CORRECTION::of))
                .attribute("Immersion", objective.flatMap(Objective::immersion).map(SchemaWord.IMMERSION::of))
                .number("LensNA", objective.flatMap(Objective::lensNumericAperture))
                .number("NominalMagnification", Optional.of(magnification))
                .close();
    }

    private static void writePixels(XmlText xml, MergedImage image, InstrumentParts parts) {
        List<MergedImage.Channel> channels = image.channels();
        xml.open("Pixels")
                .attribute("ID", "Pixels:0")
                .attribute("DimensionOrder", "XYCZT")
                .attribute("Type", word(image.type()))
                .number("SizeX", image.width())
                .number("SizeY", image.height())
                .number("SizeC", channels.size())
                .number("SizeZ", 1)
                .number("SizeT", 1)
                .quantity("PhysicalSizeX", image.pixelSize().map(PixelSize::x), "µm")
                .quantity("PhysicalSizeY", image.pixelSize().map(PixelSize::y), "µm");
        for (int i = 0; i < channels.size(); i++) {
            writeChannel(xml, "Channel:0:" + i, channels.get(i), parts);
        }
        xml.open("MetadataOnly").close();
        for (int i = 0; i < channels.size(); i++) {
            Optional<Double> exposure = channels.get(i).taken().exposureMilliseconds();
            if (exposure.isPresent()) {
                xml.open("Plane")
                        .number("TheZ", 0)
                        .number("TheT", 0)
                        .number("TheC", i)
                        .quantity("ExposureTime", exposure, "ms")
                        .close();
            }
        }
        xml.close();
    }

    private static void writeChannel(XmlText xml, String id, MergedImage.Channel channel, InstrumentParts parts) {
        OmeChannel taken = channel.taken();
        xml.open("Channel")
                .attribute("ID", id)
                .attribute("Name", channel.name())
                .number("SamplesPerPixel", 1)
                .attribute("Fluor", taken.fluor())
                .number("Color", signedColour(channel.colour()))
                .quantity("ExcitationWavelength", taken.excitationNanometres(), "nm")
                .quantity("EmissionWavelength", taken.emissionNanometres(), "nm");
        taken.lightSource().ifPresent(light -> xml.open("LightSourceSettings")
                .attribute("ID", parts.id(light))
                .number("Attenuation", light.attenuation())
                .quantity("Wavelength", light.wavelengthNanometres(), "nm")
                .close());
        taken.detector().ifPresent(detector -> xml.open("DetectorSettings")
                .attribute("ID", parts.id(detector))
                .attribute("Binning", detector.binning().map(SchemaWord.BINNING::of))
                .number("Gain", detector.gain())
                .number("Offset", detector.offset())
                .close());
        xml.close();
    }

    /// Red, green, blue and alpha from the highest byte down, as a signed number of 32 bits.
    private static int signedColour(int colour) {
        return colour << 8 | 0xff;
    }

    private static String word(PixelType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case UINT8, INT8, UINT16, INT16, UINT32, INT32 -> type.word();
        };
    }
}
