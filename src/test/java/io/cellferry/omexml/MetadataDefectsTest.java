package io.cellferry.omexml;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Defects of the pipeline we stand in for that concern what files say about themselves; numbers are those of its
/// list.
class MetadataDefectsTest {

    @Test
    void defect08ExposuresOfEveryFileAreKept() {
        MergedImage merged = merged(List.of(scan("DAPI", 12.5), scan("Cy3", 100), scan("Cy5", 250)), Optional.of(20.0));

        OmeImage written = readBack(merged);

        assertThat(written.channels())
                .extracting(channel -> channel.exposureMilliseconds().orElseThrow())
                .containsExactly(12.5, 100.0, 250.0);
    }

    @Test
    void defect08LightSourcesOfEveryFileAreDescribedWhereTheyAreReferredTo() {
        // Every file calls its own light source LightSource:0.
        MergedImage merged = merged(List.of(scan("DAPI", 1), scan("Cy3", 1), scan("Cy5", 1)), Optional.of(20.0));

        OmeImage written = readBack(merged);

        assertThat(OmeSchema.errors(OmeWriter.write(merged)))
                .as("references among them")
                .isEmpty();
        assertThat(written.channels())
                .extracting(channel ->
                        channel.lightSource().flatMap(LightSource::model).orElseThrow())
                .containsExactly("lamp for DAPI", "lamp for Cy3", "lamp for Cy5");
        assertThat(written.channels())
                .allSatisfy(channel ->
                        assertThat(channel.detector().flatMap(Detector::model)).contains("camera"));
    }

    @Test
    void defect08AReferenceToALightSourceThatIsNotDescribedIsReportedAndNotHandedOn() {
        String dangling = scan("Cy3", 100).replace("<Laser ID=\"LightSource:0\"", "<Laser ID=\"LightSource:9\"");

        OmeDocument document = OmeReader.read(dangling, "Cy3.ome.tif");

        assertThat(document.problems())
                .containsExactly(Problem.warning(
                        "input.ome.reference",
                        "Cy3.ome.tif: image 0, channel 0, LightSourceSettings",
                        "refers to 'LightSource:0', which the file does not describe",
                        "Add the part to the file's Instrument; until then only what the channel says about it is"
                                + " known."));
        // What the reference says by itself is kept, as that of a source of unknown kind.
        LightSource kept =
                document.images().getFirst().channels().getFirst().lightSource().orElseThrow();
        assertThat(kept.kind()).isEqualTo("GenericExcitationSource");
        assertThat(kept.attenuation()).contains(0.25);
        byte[] written = OmeWriter.write(merged(List.of(dangling), Optional.empty()));
        assertThat(OmeSchema.errors(written)).isEmpty();
        assertThat(text(written)).doesNotContain("LightSource:9").contains("ID=\"LightSource:0:0\"");
    }

    @Test
    void defect08AReferenceThatSaysNothingByItselfIsLeftOut() {
        OmeDocument document = OmeReader.read(
                OmeFixture.ome(OmeFixture.image(
                        "", "<Channel><LightSourceSettings ID='L'/><DetectorSettings ID='D'/></Channel>")),
                "a.tif");

        assertThat(document.images().getFirst().channels()).containsExactly(OmeChannel.UNKNOWN);
        assertThat(document.problems())
                .extracting(Problem::code)
                .containsOnly("input.ome.reference")
                .hasSize(2);
    }

    @Test
    void defect08ThePixelsAreNotClaimedToLieInATiff() {
        byte[] written = OmeWriter.write(merged(List.of(scan("DAPI", 1)), Optional.empty()));

        assertThat(text(written)).contains("<MetadataOnly/>").doesNotContain("TiffData", "UUID");
    }

    @Test
    void defect08PixelsThatLieInAnotherFileAreTold() {
        String elsewhere = scan("DAPI", 1)
                .replace(
                        "<TiffData/>",
                        "<TiffData IFD=\"0\"><UUID FileName=\"other.ome.tif\">urn:uuid:2</UUID></TiffData>");

        OmeImage image = OmeReader.read(elsewhere, "DAPI.ome.tif").images().getFirst();

        assertThat(image.otherFiles()).containsExactly("other.ome.tif");
        assertThat(OmeReader.read(scan("DAPI", 1), "DAPI.ome.tif")
                        .images()
                        .getFirst()
                        .otherFiles())
                .isEmpty();
    }

    @Test
    void defect09TheMagnificationAskedForIsWrittenWhateverTheFilesSay() {
        List<String> scans = List.of(scan("DAPI", 1)); // says 40

        assertThat(readBack(merged(scans, Optional.of(20.0))).objective().orElseThrow())
                .isEqualTo(new Objective(
                        Optional.empty(),
                        Optional.of("lens"),
                        Optional.of(20.0),
                        Optional.of(0.75),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(readBack(merged(scans, Optional.empty())).objective()).isEmpty();
    }

    @Test
    void defect12AMissingPixelSizeIsNotOneMicrometre() {
        String without = scan("DAPI", 1).replaceAll("PhysicalSize[XY]=\"[^\"]*\"", "");

        assertThat(OmeReader.read(without, "a.tif").images().getFirst().pixelSize())
                .isEmpty();
        assertThat(text(OmeWriter.write(merged(List.of(without), Optional.empty()))))
                .doesNotContain("PhysicalSize");
        assertThat(readBack(merged(List.of(scan("DAPI", 1)), Optional.empty())).pixelSize())
                .contains(new PixelSize(0.325, 0.325));
    }

    @Test
    void defect15SectionsAndTimePointsBeyondTheFirstAreTold() {
        String stack = scan("DAPI", 1).replace("SizeZ=\"1\" SizeT=\"1\"", "SizeZ=\"7\" SizeT=\"3\"");

        OmeImage image = OmeReader.read(stack, "a.tif").images().getFirst();

        assertThat(image.sizeZ()).isEqualTo(7);
        assertThat(image.sizeT()).isEqualTo(3);
    }

    /// One file of a region as its scanner describes it.
    private static String scan(String dye, double exposureMilliseconds) {
        return """
                <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" xmlns:schemaLocation="a b">
                  <Instrument ID="Instrument:0">
                    <Laser ID="LightSource:0" Model="lamp for %1$s"/>
                    <Detector ID="Detector:0" Model="camera"/>
                    <Objective ID="Objective:0" Model="lens" NominalMagnification="40" LensNA="0.75"/>
                  </Instrument>
                  <Image ID="Image:0" Name="%1$s.ome.tif">
                    <InstrumentRef ID="Instrument:0"/>
                    <ObjectiveSettings ID="Objective:0"/>
                    <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SizeX="6" SizeY="5" SizeC="1" \
                SizeZ="1" SizeT="1" PhysicalSizeX="0.325" PhysicalSizeY="0.325">
                      <Channel ID="Channel:0:0" Name="%1$s">
                        <LightSourceSettings ID="LightSource:0" Attenuation="0.25"/>
                        <DetectorSettings ID="Detector:0"/>
                      </Channel>
                      <TiffData/>
                      <Plane TheZ="0" TheT="0" TheC="0" ExposureTime="%2$s" ExposureTimeUnit="ms"/>
                    </Pixels>
                  </Image>
                </OME>
                """.formatted(dye, exposureMilliseconds);
    }

    private static MergedImage merged(List<String> scans, Optional<Double> magnification) {
        List<OmeImage> images = new ArrayList<>();
        for (String scan : scans) {
            images.add(OmeReader.read(scan, "scan.ome.tif").images().getFirst());
        }
        return new MergedImage(
                "Region_R000",
                PixelType.UINT16,
                images.getFirst().sizeX(),
                images.getFirst().sizeY(),
                images.getFirst().pixelSize(),
                images.getFirst().acquired(),
                magnification,
                images.getFirst().objective(),
                images.stream()
                        .map(image -> new MergedImage.Channel(
                                image.name(), 0xffffff, image.channels().getFirst()))
                        .toList());
    }

    private static OmeImage readBack(MergedImage image) {
        OmeDocument document = OmeReader.read(text(OmeWriter.write(image)), "METADATA.ome.xml");
        assertThat(document.problems()).isEmpty();
        return document.images().getFirst();
    }

    private static String text(byte[] written) {
        return new String(written, StandardCharsets.UTF_8);
    }
}
