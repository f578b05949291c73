package io.cellferry.omexml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is valid against the schema of OME-XML 2016-06, and reading it gives what was written.
class OmeWriterTest {

    @Test
    void aMergedImageIsWrittenSo() {
        MergedImage image = new MergedImage(
                "Region_R000",
                PixelType.UINT16,
                62826,
                48111,
                Optional.of(new PixelSize(0.325, 0.325)),
                Optional.of("2025-10-08T09:30:00"),
                Optional.of(20.0),
                Optional.of(new Objective(
                        Optional.of("Olympus"),
                        Optional.empty(),
                        Optional.of(10.0),
                        Optional.of(0.8),
                        Optional.of("Air"),
                        Optional.empty())),
                List.of(
                        new MergedImage.Channel(
                                "DAPI",
                                0xffffff,
                                new OmeChannel(
                                        Optional.of("what the file calls it"),
                                        Optional.of("DAPI"),
                                        Optional.of(385.0),
                                        Optional.of(450.5),
                                        Optional.of(12.5),
                                        Optional.of(new LightSource(
                                                "Laser",
                                                Optional.of("Lumencor"),
                                                Optional.empty(),
                                                Optional.of("Other"),
                                                Optional.of(80.0),
                                                Optional.of(385.0),
                                                Optional.of(0.2),
                                                Optional.of("GaAs"))),
                                        Optional.of(new Detector(
                                                Optional.empty(),
                                                Optional.of("sCMOS"),
                                                Optional.of("CMOS"),
                                                Optional.of("1x1"),
                                                Optional.of(1.0),
                                                Optional.of(100.0))))),
                        new MergedImage.Channel("Cy3 <a&b>", 0xffb000, OmeChannel.UNKNOWN)));

        // Colours: ffffffff is -1; ffb000ff is -5,242,625.
        assertThat(new String(OmeWriter.write(image), StandardCharsets.UTF_8)).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 \
                http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd" Creator="cellferry">
                  <Instrument ID="Instrument:0">
                    <Laser ID="LightSource:0:0" Manufacturer="Lumencor" Power="80" PowerUnit="mW" Type="Other" \
                LaserMedium="GaAs" Wavelength="385" WavelengthUnit="nm"/>
                    <Detector ID="Detector:0:0" Model="sCMOS" Type="CMOS"/>
                    <Objective ID="Objective:0:0" Manufacturer="Olympus" Immersion="Air" LensNA="0.8" \
                NominalMagnification="20"/>
                  </Instrument>
                  <Image ID="Image:0" Name="Region_R000">
                    <AcquisitionDate>2025-10-08T09:30:00</AcquisitionDate>
                    <InstrumentRef ID="Instrument:0"/>
                    <ObjectiveSettings ID="Objective:0:0"/>
                    <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SizeX="62826" SizeY="48111" SizeC="2" \
                SizeZ="1" SizeT="1" PhysicalSizeX="0.325" PhysicalSizeXUnit="µm" PhysicalSizeY="0.325" \
                PhysicalSizeYUnit="µm">
                      <Channel ID="Channel:0:0" Name="DAPI" SamplesPerPixel="1" Fluor="DAPI" Color="-1" \
                ExcitationWavelength="385" ExcitationWavelengthUnit="nm" EmissionWavelength="450.5" \
                EmissionWavelengthUnit="nm">
                        <LightSourceSettings ID="LightSource:0:0" Attenuation="0.2" Wavelength="385" \
                WavelengthUnit="nm"/>
                        <DetectorSettings ID="Detector:0:0" Binning="1x1" Gain="1" Offset="100"/>
                      </Channel>
                      <Channel ID="Channel:0:1" Name="Cy3 &lt;a&amp;b&gt;" SamplesPerPixel="1" Color="-5242625"/>
                      <MetadataOnly/>
                      <Plane TheZ="0" TheT="0" TheC="0" ExposureTime="12.5" ExposureTimeUnit="ms"/>
                    </Pixels>
                  </Image>
                </OME>
                """);
        assertThat(OmeSchema.errors(OmeWriter.write(image))).isEmpty();
    }

    @Test
    void theValidatorSeesMistakes() {
        String sound = new String(
                OmeWriter.write(
                        MergedImages.of(MergedImages.lit("a", MergedImages.light("Arc", "Hg", Optional.empty())))),
                StandardCharsets.UTF_8);
        assertThat(errors(sound)).isEmpty();

        assertThat(errors(sound.replace("Type=\"Hg\"", "Type=\"Mercury\""))).isNotEmpty();
        assertThat(errors(sound.replace(
                        "<LightSourceSettings ID=\"LightSource:0:0\"", "<LightSourceSettings ID=\"LightSource:0:1\"")))
                .isNotEmpty();
        assertThat(errors(sound.replace("<MetadataOnly/>", ""))).isNotEmpty();
        assertThat(errors(sound.replace("SizeX=\"6\"", "SizeX=\"0\""))).isNotEmpty();
    }

    @Test
    void whateverIsWrittenIsValidAndReadBackAsItWas() {
        for (long seed = 0; seed < 500; seed++) {
            MergedImage image = new MergedImages(seed).any();

            byte[] written = OmeWriter.write(image);

            String text = new String(written, StandardCharsets.UTF_8);
            assertThat(OmeSchema.errors(written)).as("seed %d: %s", seed, text).isEmpty();
            assertThat(OmeReader.read(text, "METADATA.ome.xml"))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(new OmeDocument(List.of(read(image)), List.of()));
            assertThat(OmeWriter.write(image)).as("seed %d", seed).isEqualTo(written);
        }
    }

    private static OmeImage read(MergedImage image) {
        return new OmeImage(
                image.name(),
                switch (image.type()) {
                    case FLOAT32 -> "float";
                    case FLOAT64 -> "double";
                    default -> image.type().word();
                },
                image.width(),
                image.height(),
                image.channels().size(),
                1,
                1,
                image.pixelSize(),
                image.acquired(),
                image.objective(),
                image.channels().stream().map(MergedImage.Channel::taken).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyPixelTypeIsValidWithNothingElseKnown(PixelType type) {
        MergedImage image = new MergedImage(
                "",
                type,
                1,
                Integer.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MergedImage.Channel("", 0, OmeChannel.UNKNOWN)));

        byte[] written = OmeWriter.write(image);

        assertThat(OmeSchema.errors(written)).isEmpty();
        assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("Instrument", "Objective", "Plane");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Laser", "Arc", "Filament", "LightEmittingDiode", "GenericExcitationSource"})
    void everyKindOfLightSourceIsValidWithATypeOfItsOwnOrNone(String kind) {
        for (String type : List.of("", "Other", "a type nobody knows")) {
            MergedImage image =
                    MergedImages.of(MergedImages.lit("a", MergedImages.light(kind, type, Optional.of(1.0))));

            byte[] written = OmeWriter.write(image);

            assertThat(OmeSchema.errors(written)).isEmpty();
            assertThat(new String(written, StandardCharsets.UTF_8)).contains("<" + kind + " ID=\"LightSource:0:0\"");
        }
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(SchemaWord.LASER_TYPE, "Laser", "Type"),
                Arguments.of(SchemaWord.LASER_MEDIUM, "Laser", "LaserMedium"),
                Arguments.of(SchemaWord.ARC_TYPE, "Arc", "Type"),
                Arguments.of(SchemaWord.FILAMENT_TYPE, "Filament", "Type"),
                Arguments.of(SchemaWord.DETECTOR_TYPE, "Detector", "Type"),
                Arguments.of(SchemaWord.BINNING, "", "Binning"),
                Arguments.of(SchemaWord.IMMERSION, "Objective", "Immersion"),
                Arguments.of(SchemaWord.CORRECTION, "Objective", "Correction"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void theListsOfWordsAreThoseOfTheSchema(SchemaWord list, String element, String attribute) {
        List<String> expected = OmeSchema.words(element, attribute);

        assertThat(expected).contains("Other");
        assertThat(Stream.concat(list.words().stream(), Stream.of("Other")))
                .containsExactlyInAnyOrderElementsOf(expected)
                .allSatisfy(word -> assertThat(list.of(word)).isEqualTo(word));
    }

    @ParameterizedTest
    @CsvSource({
        "DETECTOR_TYPE, EM-CCD, EMCCD",
        "DETECTOR_TYPE, Intensified-CCD, IntensifiedCCD",
        "ARC_TYPE, Hg-Xe, HgXe",
        "LASER_TYPE, Solid State, SolidState",
        "BINNING, 1 x 1, 1x1",
        "BINNING, 2×2, 2x2",
        "BINNING, 3x3, Other",
        "IMMERSION, Dry, Other",
        "CORRECTION, '', Other",
    })
    void wordsOfOtherYearsAreThoseOfThisOne(SchemaWord list, String text, String word) {
        assertThat(list.of(text)).isEqualTo(word);
    }

    @Test
    void namesMayHoldAnyCharacterAndThoseXmlCannotHoldAreReplaced() {
        String odd = "\u0000 \u001f \ufffe \ud800 a\tb\nc\r \ud83d\udd2c <&>\"'";

        byte[] written = OmeWriter.write(MergedImages.of(new MergedImage.Channel(odd, 0, OmeChannel.UNKNOWN)));

        assertThat(OmeSchema.errors(written)).isEmpty();
        OmeImage image = OmeReader.read(new String(written, StandardCharsets.UTF_8), "METADATA.ome.xml")
                .images()
                .getFirst();
        assertThat(image.channels().getFirst().name())
                .contains("\ufffd \ufffd \ufffd \ufffd a\tb\nc\r \ud83d\udd2c <&>\"'");
    }

    @Test
    void equalPartsAreWrittenOnceHoweverTheyWereSet() {
        byte[] written = OmeWriter.write(MergedImages.of(
                MergedImages.lit("a", MergedImages.light("Arc", "Hg", Optional.of(0.1))),
                MergedImages.lit("b", MergedImages.light("Arc", "Xe", Optional.of(0.1))),
                MergedImages.lit("c", MergedImages.light("Arc", "Hg", Optional.of(0.9)))));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .containsOnlyOnce("<Arc ID=\"LightSource:0:0\"")
                .containsOnlyOnce("<Arc ID=\"LightSource:0:1\"")
                .contains("<LightSourceSettings ID=\"LightSource:0:0\" Attenuation=\"0.9\"/>")
                .doesNotContain("LightSource:0:2");
        assertThat(OmeSchema.errors(written)).isEmpty();
    }

    @Test
    void whatTheSchemaCannotHoldIsRefusedWhereItArises() {
        assertThatThrownBy(() -> MergedImages.of()).hasMessageContaining("at least one channel");
        assertThatThrownBy(() -> new MergedImage.Channel("a", -1, OmeChannel.UNKNOWN))
                .hasMessage("a: a colour has 24 bits, not ffffffff");
        assertThatThrownBy(() -> MergedImages.light("Candle", "", Optional.empty()))
                .hasMessageContaining("Candle");
        assertThatThrownBy(() -> MergedImages.light("Arc", "", Optional.of(1.5)))
                .hasMessage("attenuation must be a number from 0 to 1, not 1.5");
        assertThatThrownBy(() -> OmeChannel.UNKNOWN.withExposure(Optional.of(Double.NaN)))
                .hasMessage("exposure in milliseconds must be a number not below 0, not NaN");
        assertThatThrownBy(() -> image(0, 1, "2025-10-08T09:30:00")).hasMessageContaining("0 x 1");
        assertThatThrownBy(() -> image(1, 1L << 31, "2025-10-08T09:30:00")).hasMessageContaining("2,147,483,648");
        assertThatThrownBy(() -> image(1, 1, "2025-10-08 09:30:00")).hasMessageContaining("2025-10-08 09:30:00");
    }

    private static MergedImage image(long width, long height, String acquired) {
        return new MergedImage(
                "a",
                PixelType.UINT8,
                width,
                height,
                Optional.empty(),
                Optional.of(acquired),
                Optional.empty(),
                Optional.empty(),
                List.of(new MergedImage.Channel("a", 0, OmeChannel.UNKNOWN)));
    }

    private static List<String> errors(String xml) {
        return OmeSchema.errors(xml.getBytes(StandardCharsets.UTF_8));
    }
}
