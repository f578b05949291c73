package io.cellferry.omexml;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A text that is damaged, hostile or strange is a problem that says where, and never more than that.
class OmeReaderProblemsTest {

    @ParameterizedTest
    @CsvSource({
        "'', input.ome.missing",
        "' \n\0', input.ome.missing",
        "'ImageJ=1.53t\nimages=4', input.ome.other",
        "'<ScanInfo/>', input.ome.other",
        "'<OME><Image></OME>', input.ome.xml",
        "'<OME><Image', input.ome.xml",
        "'<OME/><OME/>', input.ome.xml",
        "'<OME a=\"1\" a=\"2\"/>', input.ome.xml",
        "'<OME>&undeclared;</OME>', input.ome.xml",
        "'<!-- nothing -->', input.ome.xml",
        "'<OME>\u0001</OME>', input.ome.xml",
    })
    void whatIsNoOmeXmlIsOneProblemAndNoImage(String text, String code) {
        OmeDocument document = OmeReader.read(text, "scan.tif");

        assertThat(document.images()).isEmpty();
        assertThat(document.problems()).extracting(Problem::code).containsExactly(code);
        assertThat(document.problems().getFirst().where()).startsWith("scan.tif: ");
        assertThat(document.problems().getFirst().remedy()).isNotBlank();
    }

    @Test
    void aCutOffTextGivesNoImageAlthoughOneIsWhole() {
        String whole = OmeFixture.text("several-files-2016");

        OmeDocument document = OmeReader.read(whole.substring(0, whole.indexOf("nowhere")), "scan.tif");

        assertThat(document.images()).isEmpty();
        assertThat(document.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("input.ome.xml");
            assertThat(problem.found()).contains("line 16");
        });
    }

    @Test
    void aTextThatMultipliesItselfIsRefused() {
        StringBuilder text = new StringBuilder("<!DOCTYPE OME [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            text.append("<!ENTITY a%d \"&a%2$d;&a%2$d;&a%2$d;&a%2$d;\">".formatted(i, i - 1));
        }
        text.append("]><OME Creator=\"&a29;\">&a29;</OME>");

        assertRefused(text.toString(), "a document type");
    }

    @Test
    void aTextThatNamesAFileOutsideIsRefusedBeforeTheFileIsOpened() {
        assertRefused("<!DOCTYPE OME SYSTEM \"http://127.0.0.1:1/ome.dtd\"><OME/>", "a document type");
        assertRefused("<!DOCTYPE OME [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><OME>&a;</OME>", "document type");
    }

    @Test
    void elementsTenThousandDeepAreRefused() {
        assertRefused("<OME>" + "<a>".repeat(10_000) + "</a>".repeat(10_000) + "</OME>", "within each other");
        assertRefused("<OME>" + "<a>".repeat(10_000), "within each other");
    }

    @Test
    void tenThousandAttributesAreRefused() {
        StringBuilder text = new StringBuilder("<OME");
        for (int i = 0; i < 10_000; i++) {
            text.append(" a").append(i).append("=''");
        }

        assertRefused(text + "/>", "attributes");
    }

    @Test
    void moreElementsThanPlanesCouldNeedAreRefused() {
        assertRefused("<OME>" + "<Instrument/>".repeat(1_000_000) + "</OME>", "1,000,000 elements");
    }

    @Test
    void channelsThatAreOnlyCountedCountAsElements() {
        String image = "<Image><Pixels SizeX='1' SizeY='1' SizeC='%d' SizeZ='1' SizeT='1'/></Image>";

        assertRefused(OmeFixture.ome(image.formatted(10_000).repeat(100)), "1,000,000 elements");
        OmeImage boundless = OmeReader.read(OmeFixture.ome(image.formatted(Integer.MAX_VALUE)), "scan.tif")
                .images()
                .getFirst();
        assertThat(boundless.sizeC()).isEqualTo(Integer.MAX_VALUE);
        assertThat(boundless.channels()).isEmpty();
    }

    @Test
    void aTextTooLongIsRefused() {
        String text = "<OME>" + " ".repeat((32 << 20) - 10) + "</OME>";

        assertRefused(text, "33,554,433 characters");
    }

    @Test
    void aValueLongerThanAnyNameIsCut() {
        String channel = "<Channel Name='%s'/>".formatted("n".repeat(5_000_000));

        OmeImage image = OmeReader.read(
                        OmeFixture.ome("<Image><Pixels SizeX='1' SizeY='1' SizeC='1' SizeZ='1' SizeT='1'>" + channel
                                + "</Pixels></Image>"),
                        "scan.tif")
                .images()
                .getFirst();

        assertThat(image.channels()).singleElement().satisfies(one -> assertThat(one.name())
                .hasValue("n".repeat(1000)));
    }

    @Test
    @Timeout(60)
    void aHundredThousandPlanesAreRead() {
        StringBuilder planes = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            planes.append(("<TiffData FirstZ='%1$d' IFD='%1$d' PlaneCount='1'><UUID FileName='f%2$d.ome.tif'>urn:uuid:"
                            + "%2$d</UUID></TiffData>")
                    .formatted(i, i / 1000));
        }
        for (int i = 0; i < 100_000; i++) {
            planes.append("<Plane TheC='0' TheT='0' TheZ='%d' ExposureTime='1' PositionX='1.5'/>".formatted(i));
        }

        OmeDocument document = OmeReader.read(OmeFixture.ome(OmeFixture.image("", planes.toString())), "f7.ome.tif");

        assertThat(document.problems()).isEmpty();
        OmeImage image = document.images().getFirst();
        assertThat(image.places()).hasSize(100_000);
        assertThat(image.otherFiles()).hasSize(99).doesNotContain("f7.ome.tif");
        assertThat(image.channels().getFirst().exposureMilliseconds()).contains(1000.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "NaN", "INF", "1e300", "1e99999999999", "0,325", "0x1p3", "1f", "1e-60"})
    void aPixelSizeThatIsNoneIsEmptyAndAProblem(String number) {
        OmeDocument document = OmeReader.read(
                OmeFixture.ome(OmeFixture.image("PhysicalSizeX='%s' PhysicalSizeY='1'".formatted(number), "")),
                "scan.tif");

        assertThat(document.images().getFirst().pixelSize()).isEmpty();
        assertThat(document.problems())
                .extracting(Problem::code)
                .containsExactly("input.ome.number", "input.ome.pixel-size");
        assertThat(document.problems().getFirst())
                .isEqualTo(Problem.warning(
                        "input.ome.number",
                        "scan.tif: image 0, attribute PhysicalSizeX",
                        "a number above 0 was expected, found '%s'".formatted(number),
                        "Correct it in the file's OME-XML; until then the value counts as unknown."));
    }

    @Test
    void aSizeInPixelsIsUnknownAndOnlyWorthKnowing() {
        String sizes = "PhysicalSizeX='1' PhysicalSizeXUnit='pixel' PhysicalSizeY='1' PhysicalSizeYUnit='pixel'";

        OmeDocument document = OmeReader.read(OmeFixture.ome(OmeFixture.image(sizes, "")), "scan.tif");

        assertThat(document.images().getFirst().pixelSize()).isEmpty();
        assertThat(document.problems())
                .extracting(Problem::severity)
                .containsOnly(Problem.Severity.NOTE)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"furlong", "µ", "s", "xm"})
    void aUnitNobodyKnowsIsAProblemAndNotMicrometres(String unit) {
        String sizes =
                "PhysicalSizeX='1' PhysicalSizeXUnit='%1$s' PhysicalSizeY='1' PhysicalSizeYUnit='%1$s'".formatted(unit);

        OmeDocument document = OmeReader.read(OmeFixture.ome(OmeFixture.image(sizes, "")), "scan.tif");

        assertThat(document.images().getFirst().pixelSize()).isEmpty();
        assertThat(document.problems())
                .extracting(Problem::code)
                .containsOnly("input.ome.unit")
                .hasSize(2);
        assertThat(document.problems().getFirst().found()).contains("'" + unit + "'");
    }

    @Test
    void valuesThatAreNoneAreEmptyAndTheRestIsRead() {
        String text = OmeFixture.ome(
                "<Instrument><Laser ID='L' Power='-1' Wavelength='red'/><Detector ID='D' Gain='high'/></Instrument>"
                        + OmeFixture.image(
                                "",
                                "<Channel Name='c' ExcitationWavelength='0' EmissionWavelength='600'>"
                                        + "<LightSourceSettings ID='L' Attenuation='50'/>"
                                        + "<DetectorSettings ID='D' Offset='-'/></Channel>"
                                        + "<Plane TheC='0' ExposureTime='-5'/>"));

        OmeDocument document = OmeReader.read(text, "scan.tif");

        OmeChannel channel = document.images().getFirst().channels().getFirst();
        assertThat(channel.name()).contains("c");
        assertThat(channel.emissionNanometres()).contains(600.0);
        assertThat(channel.excitationNanometres()).isEmpty();
        assertThat(channel.exposureMilliseconds()).isEmpty();
        assertThat(channel.lightSource().orElseThrow())
                .isEqualTo(new LightSource(
                        "Laser",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(document.problems())
                .extracting(Problem::where)
                .containsExactly(
                        "scan.tif: Laser 'L', attribute Power",
                        "scan.tif: Laser 'L', attribute Wavelength",
                        "scan.tif: Detector 'D', attribute Gain",
                        "scan.tif: image 0, channel 0, LightSourceSettings, attribute Attenuation",
                        "scan.tif: image 0, channel 0, DetectorSettings, attribute Offset",
                        "scan.tif: image 0, channel 0, attribute ExcitationWavelength",
                        "scan.tif: image 0, plane of channel 0, attribute ExposureTime");
    }

    @Test
    void aPlaneOfNoChannelGivesItsExposureToNone() {
        String text = OmeFixture.ome("<Image><Pixels SizeX='1' SizeY='1' SizeC='2' SizeZ='1' SizeT='1'>"
                + "<Plane ExposureTime='1'/><Plane TheC='red' ExposureTime='2'/><Plane TheC='2' ExposureTime='3'/>"
                + "</Pixels></Image>");

        OmeDocument document = OmeReader.read(text, "scan.tif");

        assertThat(document.images().getFirst().channels()).containsExactly(OmeChannel.UNKNOWN, OmeChannel.UNKNOWN);
        assertThat(document.problems())
                .extracting(Problem::found)
                .containsExactly(
                        "a plane's channel was expected in attribute TheC, found none",
                        "a whole number from 0 to 2,147,483,647 was expected, found 'red'",
                        "a plane belongs to channel 2, but there are 2 channels");
    }

    @Test
    void theOnlyChannelOwnsPlanesThatNameNone() {
        String text = OmeFixture.ome(OmeFixture.image("", "<Plane ExposureTime='1'/>"));

        OmeDocument document = OmeReader.read(text, "scan.tif");

        assertThat(document.problems()).isEmpty();
        assertThat(document.images().getFirst().channels().getFirst().exposureMilliseconds())
                .contains(1000.0);
    }

    @Test
    void sizesThatAreNoneAreUnknown() {
        OmeDocument document = OmeReader.read(
                "<OME><Image><Pixels SizeX='0' SizeY='many' SizeC='99999999999' SizeT='1.5'/></Image></OME>",
                "scan.tif");

        OmeImage image = document.images().getFirst();
        assertThat(List.of(image.sizeX(), image.sizeY())).containsOnly(0L);
        assertThat(List.of(image.sizeC(), image.sizeZ(), image.sizeT())).containsOnly(0);
        assertThat(document.problems()).hasSize(5).extracting(Problem::code).containsOnly("input.ome.number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "2025-13-01T00:00:00", "2025-02-30T00:00:00", "2025-01-01", "0000-01-01T00:00:00"})
    void aDateThatIsNoneIsEmptyAndAProblem(String date) {
        String text =
                OmeFixture.ome("<Image><AcquisitionDate>%s</AcquisitionDate><Pixels SizeX='1' SizeY='1'".formatted(date)
                        + " SizeC='1' SizeZ='1' SizeT='1'/></Image>");

        OmeDocument document = OmeReader.read(text, "scan.tif");

        assertThat(document.images().getFirst().acquired()).isEmpty();
        assertThat(document.problems()).extracting(Problem::code).containsExactly("input.ome.date");
    }

    @Test
    void anImageWithoutPixelsIsAProblem() {
        OmeDocument document = OmeReader.read(OmeFixture.ome("<Image Name='a'/>"), "scan.tif");

        assertThat(document.images()).isEmpty();
        assertThat(document.problems()).extracting(Problem::code).containsExactly("input.ome.pixels");
    }

    @Test
    void aTextThatOnlyNamesACompanionSaysSo() {
        OmeDocument document = OmeReader.read(
                OmeFixture.ome("<BinaryOnly MetadataFile='all.companion.ome' UUID='urn:uuid:1'/>"), "scan.tif");

        assertThat(document.images()).isEmpty();
        assertThat(document.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("input.ome.companion");
            assertThat(problem.found()).contains("'all.companion.ome'");
        });
    }

    @Test
    void aMistakeOfThousandsOfPlanesIsListedAHundredTimes() {
        String planes = "<Plane TheC='0' ExposureTime='long'/>".repeat(5_000);

        OmeDocument document = OmeReader.read(OmeFixture.ome(OmeFixture.image("", planes)), "scan.tif");

        assertThat(document.problems()).hasSize(101);
        assertThat(document.problems().getLast().found()).isEqualTo("4,900 more problems like these");
    }

    @Test
    void whateverATextIsReadingItDoesNotFail() {
        long seed = 4;
        Random random = new Random(seed);
        List<String> whole = List.of(
                OmeFixture.text("celldive-2016"),
                OmeFixture.text("confocal-2013"),
                OmeFixture.text("widefield-2008"),
                OmeFixture.text("several-files-2016"));
        String characters = "<>&;\"'=/!?[]-:0x\0\u0001\ud800\udc00\uffff\ufeff \né";
        int readable = 0;
        for (int turn = 0; turn < 4_000; turn++) {
            StringBuilder text = new StringBuilder(whole.get(random.nextInt(whole.size())));
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, characters.charAt(random.nextInt(characters.length())));
                    case 1 -> text.insert(at, characters.charAt(random.nextInt(characters.length())));
                    case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(30)));
                    default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
                }
            }

            OmeDocument document = OmeReader.read(text.toString(), "scan.tif");

            assertThat(document.images().isEmpty() && document.problems().isEmpty())
                    .as("seed %d, turn %d: neither image nor problem in %s", seed, turn, text)
                    .isFalse();
            readable += document.images().isEmpty() ? 0 : 1;
        }
        assertThat(readable).as("texts still readable, else this proves little").isBetween(400, 3_600);
    }

    private static void assertRefused(String text, String found) {
        OmeDocument document = OmeReader.read(text, "scan.tif");

        assertThat(document.images()).isEmpty();
        assertThat(document.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("input.ome.xml");
            assertThat(problem.found()).contains(found);
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
        });
    }
}
