package io.cellferry.omexml;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.image.PixelSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// OME-XML of every year says the same things, whatever words and units it has for them.
class OmeReaderTest {

    @Test
    void everythingAChannelWasTakenWithIsRead() {
        OmeDocument document = OmeReader.read(OmeFixture.text("celldive-2016"), "/scans/renamed.ome.tif");

        assertThat(document.problems()).isEmpty();
        assertThat(document.images())
                .containsExactly(new OmeImage(
                        "S01_1.0.4_R000_Cy3_iba1_FINAL_AFR_F.ome.tif",
                        "uint16",
                        62826,
                        48111,
                        1,
                        1,
                        1,
                        Optional.of(new PixelSize(0.325, 0.325)),
                        Optional.of("2025-10-08T09:30:00"),
                        Optional.of(new Objective(
                                Optional.of("Olympus"),
                                Optional.of("UPLXAPO20X"),
                                Optional.of(20.0),
                                Optional.of(0.8),
                                Optional.of("Air"),
                                Optional.of("PlanApo"))),
                        List.of(new OmeChannel(
                                Optional.of("iba1"),
                                Optional.of("Cy3"),
                                Optional.of(555.0),
                                Optional.of(580.5),
                                Optional.of(87.5),
                                Optional.of(new LightSource(
                                        "Laser",
                                        Optional.of("Lumencor"),
                                        Optional.of("Spectra"),
                                        Optional.of("SolidState"),
                                        Optional.of(80.0),
                                        Optional.of(555.0),
                                        Optional.of(0.25),
                                        Optional.of("GaAs"))),
                                Optional.of(new Detector(
                                        Optional.of("Hamamatsu"),
                                        Optional.of("ORCA-Flash4.0"),
                                        Optional.of("CMOS"),
                                        Optional.of("2x2"),
                                        Optional.of(1.5),
                                        Optional.of(100.0))))),
                        List.of(new PlanePlace(0, 0, 0, Optional.of(0), Optional.of(1), Optional.empty()))));
    }

    @Test
    void filesOf2013HaveSecondsAndLightSourcesOfTwoElements() {
        OmeDocument document = OmeReader.read(OmeFixture.text("confocal-2013"), "stack.ome.tif");

        assertThat(document.problems()).isEmpty();
        OmeImage image = document.images().getFirst();
        assertThat(image.type()).isEqualTo("float");
        assertThat(image.sizeZ()).isEqualTo(2);
        assertThat(image.pixelSize()).contains(new PixelSize(0.1, 0.1));
        assertThat(image.objective().flatMap(Objective::nominalMagnification)).contains(63.0);
        assertThat(image.channels()).extracting(OmeChannel::name).containsExactly(name("GFP"), name(""), name(""));
        assertThat(image.channels()).extracting(OmeChannel::fluor).containsExactly(name(""), name("DAPI"), name(""));
        // The first plane of a channel that says an exposure: 0.05 s and 2 s; none of the third channel's does.
        assertThat(image.channels())
                .extracting(OmeChannel::exposureMilliseconds)
                .containsExactly(Optional.of(50.0), Optional.of(2000.0), Optional.empty());
        assertThat(image.channels())
                .extracting(channel -> channel.lightSource().orElseThrow().kind())
                .containsExactly("Laser", "Arc", "LightEmittingDiode");
        LightSource laser = image.channels().getFirst().lightSource().orElseThrow();
        assertThat(laser.powerMilliwatts()).contains(20.0);
        assertThat(laser.medium()).contains("Ar");
        assertThat(laser.wavelengthNanometres())
                .as("as it was set for the channel")
                .contains(490.0);
        Detector detector = image.channels().getFirst().detector().orElseThrow();
        assertThat(detector.gain())
                .as("the detector's own, where no channel sets it")
                .contains(600.0);
        assertThat(detector.offset()).contains(-2.5);
    }

    @Test
    void filesOf2008HaveLogicalChannelsAndTheInstrumentAtTheEnd() {
        OmeDocument document = OmeReader.read(OmeFixture.text("widefield-2008"), "old.ome.tif");

        assertThat(document.problems()).isEmpty();
        OmeImage image = document.images().getFirst();
        assertThat(image.type()).isEqualTo("uint8");
        assertThat(image.acquired()).contains("2008-05-06T07:08:09");
        assertThat(image.pixelSize()).contains(new PixelSize(0.5, 0.25));
        assertThat(image.objective())
                .contains(new Objective(
                        Optional.of("Zeiss"),
                        Optional.of("Fluar"),
                        Optional.of(40.0),
                        Optional.of(0.75),
                        Optional.of("Water"),
                        Optional.of("Fluar")));
        OmeChannel channel = image.channels().getFirst();
        assertThat(channel.name()).contains("rhodamine");
        assertThat(channel.excitationNanometres()).contains(550.0);
        assertThat(channel.emissionNanometres()).contains(573.0);
        assertThat(channel.exposureMilliseconds()).contains(200.0);
        assertThat(channel.lightSource().map(LightSource::kind)).contains("Filament");
        assertThat(channel.lightSource().flatMap(LightSource::attenuation)).contains(0.5);
        assertThat(channel.detector().flatMap(Detector::gain)).contains(2.0);
        assertThat(channel.detector().flatMap(Detector::offset)).contains(7.0);
    }

    /// The stylesheets lose the date on the way to 2011, and keep all else down to 2010.
    @ParameterizedTest
    @CsvSource({"2015-01, true", "2013-06, true", "2012-06, true", "2011-06, false", "2010-06, false"})
    void whatTheStylesheetsOfOmeMakeOfATextForEarlierYearsSaysTheSame(String year, boolean withDate) {
        OmeDocument latest = OmeReader.read(OmeFixture.text("years/2016-06"), "a.ome.tif");
        OmeDocument earlier = OmeReader.read(OmeFixture.text("years/" + year), "a.ome.tif");

        assertThat(OmeSchema.errors(OmeFixture.text("years/2016-06").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(List.of(latest.problems(), earlier.problems())).containsOnly(List.of());
        OmeImage image = latest.images().getFirst();
        assertThat(image.acquired()).contains("2010-02-03T04:05:06");
        assertThat(image.pixelSize()).contains(new PixelSize(0.325, 0.5));
        assertThat(image.channels())
                .extracting(channel -> channel.exposureMilliseconds().orElseThrow())
                .containsExactly(87.5, 250.0, 1000.0, 2000.0);
        assertThat(image.channels())
                .extracting(channel -> channel.lightSource().orElseThrow().kind())
                .containsExactly("Laser", "Arc", "Filament", "LightEmittingDiode");
        assertThat(earlier.images().getFirst().acquired().isPresent()).isEqualTo(withDate);
        assertThat(earlier.images())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("acquired")
                .containsExactly(image);
    }

    /// The stylesheet to 2008 loses exposures, pixel size and date, and makes an arc lamp of a diode.
    @Test
    void whatTheStylesheetsOfOmeMakeOfATextFor2008SaysTheSameOfWhatIsLeft() {
        OmeImage latest = OmeReader.read(OmeFixture.text("years/2016-06"), "a.ome.tif")
                .images()
                .getFirst();

        OmeDocument earlier = OmeReader.read(OmeFixture.text("years/2008-02"), "a.ome.tif");

        assertThat(earlier.problems()).isEmpty();
        OmeImage image = earlier.images().getFirst();
        assertThat(image.acquired()).contains("1970-01-01T00:00:00.0Z");
        assertThat(image.type()).isEqualTo("uint16");
        assertThat(image.sizeC()).isEqualTo(4);
        assertThat(image.objective()).isEqualTo(latest.objective());
        assertThat(image.places()).isEqualTo(latest.places());
        assertThat(image.channels()).hasSize(4);
        assertThat(image.channels().subList(0, 3))
                .isEqualTo(latest.channels().subList(0, 3).stream()
                        .map(channel -> channel.withExposure(Optional.empty()))
                        .toList());
    }

    /// The stylesheet to 2003 keeps little more than sizes.
    @Test
    void whatTheStylesheetsOfOmeMakeOfATextFor2003IsRead() {
        OmeDocument earlier = OmeReader.read(OmeFixture.text("years/2003-FC"), "a.ome.tif");

        assertThat(earlier.problems()).isEmpty();
        OmeImage image = earlier.images().getFirst();
        assertThat(List.of(image.sizeX(), image.sizeY())).containsExactly(6L, 5L);
        assertThat(image.channels()).hasSize(4).containsOnly(OmeChannel.UNKNOWN);
        assertThat(image.places())
                .containsExactly(new PlanePlace(0, 0, 0, Optional.of(0), Optional.of(4), Optional.empty()));
    }

    @Test
    void filesOf2003HaveThePixelSizeAtTheImage() {
        String text = "<OME xmlns=\"http://www.openmicroscopy.org/XMLschemas/OME/FC/ome.xsd\">"
                + "<Image Name=\"first\" PixelSizeX=\"0.2\" PixelSizeY=\"0.4\"><CreationDate>2003-01-01T00:00:00"
                + "</CreationDate><ChannelInfo Name=\"a\"/><Pixels PixelType=\"int16\" SizeX=\"2\" SizeY=\"3\""
                + " SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\"/></Image></OME>";

        OmeDocument document = OmeReader.read(text, "first.tif");

        assertThat(document.problems()).isEmpty();
        assertThat(document.images().getFirst().pixelSize()).contains(new PixelSize(0.2, 0.4));
        assertThat(document.images().getFirst().channels()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xmlns=''",
                "xmlns='http://example.org/other'",
                "xmlns:schemaLocation='a b'",
                "undeclared:schemaLocation='a b'"
            })
    void theNamespaceDoesNotMatter(String declarations) {
        String text = "<OME %s>%s</OME>".formatted(declarations, OmeFixture.image("", ""));

        OmeDocument document = OmeReader.read(text, "a.tif");

        assertThat(document.problems()).isEmpty();
        assertThat(document.images()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff", "\n  ", "<?xml version='1.0' encoding='UTF-16'?>", "<!-- a comment -->"})
    void whatStandsBeforeTheTextDoesNotMatter(String before) {
        String text = before + OmeFixture.ome(OmeFixture.image("", "")) + "\n\0\0";

        assertThat(OmeReader.read(text, "a.tif").images()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.325, , 0.325",
        "0.325, µm, 0.325",
        "0.325, \u03bcm, 0.325",
        "0.325, um, 0.325",
        "0.325, Microns, 0.325",
        "0.325, \u00e2\u00b5m, 0.325",
        "0.325, \\u00B5m, 0.325",
        "325, nm, 0.325",
        "325e3, pm, 0.325",
        "3250, \u00c5, 0.325",
        "3250, \u212b, 0.325",
        "0.000325, mm, 0.325",
        "3.25E-5, cm, 0.325",
        ".000000325, m, 0.325",
        "0.5, in, 12700",
        "2, inches, 50800",
        "1, thou, 25.4",
        "72, pt, 25400",
    })
    void lengthsAreInMicrometres(String number, String unit, double micrometres) {
        String units = unit == null ? "" : "PhysicalSizeXUnit='%1$s' PhysicalSizeYUnit='%1$s'".formatted(unit);
        String sizes = "PhysicalSizeX='%1$s' PhysicalSizeY='%1$s' %2$s".formatted(number, units);

        OmeDocument document = OmeReader.read(OmeFixture.ome(OmeFixture.image(sizes, "")), "a.tif");

        assertThat(document.images().getFirst().pixelSize()).contains(new PixelSize(micrometres, micrometres));
        assertThat(document.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.1, , 100", "0.1, s, 100", "100, ms, 100", "1e5, µs, 100", "1e8, ns, 100", "0.5, min, 30000"})
    void timesAreInMilliseconds(String number, String unit, double milliseconds) {
        String named = unit == null ? "" : "ExposureTimeUnit='%s'".formatted(unit);
        String plane = "<Plane TheC='0' TheZ='0' TheT='0' ExposureTime='%s' %s/>".formatted(number, named);

        OmeDocument document = OmeReader.read(OmeFixture.ome(OmeFixture.image("", plane)), "a.tif");

        assertThat(document.images().getFirst().channels().getFirst().exposureMilliseconds())
                .contains(milliseconds);
    }

    @ParameterizedTest
    @CsvSource({"20, , 20", "20, mW, 20", "0.02, W, 20", "20000, µW, 20"})
    void powersAreInMilliwatts(String number, String unit, double milliwatts) {
        String named = unit == null ? "" : "PowerUnit='%s'".formatted(unit);
        String text = OmeFixture.ome(
                "<Instrument><LightEmittingDiode ID='L' Power='%s' %s/></Instrument>".formatted(number, named)
                        + OmeFixture.image("", "<Channel><LightSourceSettings ID='L'/></Channel>"));

        LightSource light = OmeReader.read(text, "a.tif")
                .images()
                .getFirst()
                .channels()
                .getFirst()
                .lightSource()
                .orElseThrow();

        assertThat(light.kind()).isEqualTo("LightEmittingDiode");
        assertThat(light.powerMilliwatts()).contains(milliwatts);
    }

    @Test
    void aPartIsLookedForInTheImagesOwnInstrumentFirst() {
        String text = OmeFixture.ome("<Instrument ID='I0'><Objective ID='O' NominalMagnification='10'/></Instrument>"
                + "<Instrument ID='I1'><Objective ID='O' NominalMagnification='40'/></Instrument>"
                + "<Image><InstrumentRef ID='I1'/><ObjectiveSettings ID='O'/><Pixels SizeX='1' SizeY='1' SizeC='1'"
                + " SizeZ='1' SizeT='1'/></Image>");

        OmeImage image = OmeReader.read(text, "a.tif").images().getFirst();

        assertThat(image.objective().flatMap(Objective::nominalMagnification)).contains(40.0);
    }

    @Test
    void channelsThatAreOnlyCountedAreThereWithTheExposuresOfTheirPlanes() {
        String text = OmeFixture.ome("<Image><Pixels SizeX='1' SizeY='1' SizeC='2' SizeZ='1' SizeT='1'>"
                + "<Plane TheC='1' TheZ='0' TheT='0' ExposureTime='3'/></Pixels></Image>");

        assertThat(OmeReader.read(text, "a.tif").images().getFirst().channels())
                .containsExactly(OmeChannel.UNKNOWN, OmeChannel.UNKNOWN.withExposure(Optional.of(3000.0)));
    }

    @Test
    void severalImagesAndTheFilesOfTheirPlanesAreToldApart() {
        OmeDocument document = OmeReader.read(OmeFixture.text("several-files-2016"), "a.ome.tif");

        assertThat(document.problems()).isEmpty();
        assertThat(document.images()).extracting(OmeImage::name).containsExactly("here", "elsewhere", "nowhere");
        assertThat(document.images())
                .extracting(OmeImage::otherFiles)
                .containsExactly(
                        List.of(), List.of("b.ome.tif", "urn:uuid:00000000-0000-4000-8000-000000000003"), List.of());
        assertThat(document.images().getFirst().places())
                .containsExactly(
                        new PlanePlace(0, 0, 0, Optional.of(0), Optional.of(1), Optional.empty()),
                        new PlanePlace(1, 0, 0, Optional.of(1), Optional.of(1), Optional.empty()));
        assertThat(document.images().get(2).places()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // identifier of the text, of the plane, file name of the plane, is it another file
        "A, A, x.tif, false",
        "A, urn:uuid:a, x.tif, false",
        "A, B, x.tif, true",
        "A, B, own.TIF, false",
        "A, B, , true",
        ", B, x.tif, true",
        ", B, own.tif, false",
        ", B, , false",
        "A, , , false",
    })
    void aPlaneLiesElsewhereIfNeitherItsIdentifierNorItsNameIsTheFiles(
            String own, String uuid, String name, boolean elsewhere) {
        String identifier = own == null ? "" : "UUID='%s'".formatted(own);
        String fileName = name == null ? "" : "FileName='%s'".formatted(name);
        String place = "<TiffData><UUID %s>%s</UUID></TiffData>".formatted(fileName, uuid == null ? "" : uuid);
        String text = "<OME %s>%s</OME>".formatted(identifier, OmeFixture.image("", place));

        OmeImage image = OmeReader.read(text, "/scans/own.tif").images().getFirst();

        assertThat(image.otherFiles()).hasSize(elsewhere ? 1 : 0);
    }

    private static Optional<String> name(String text) {
        return Optional.of(text).filter(any -> !any.isEmpty());
    }
}
