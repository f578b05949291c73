package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table says better what scans say of their channels; each mistake is refused by row and column.
class ChannelTableTest {

    private static final String DAPI = "KK_S2_1.0.4_R000_DAPI_FINAL_F.ome.tif";
    private static final String CY3 = "KK_S2_1.0.4_R000_Cy3_iba1_FINAL_AFR_F.ome.tif";
    private static final String RAW = "KK_S2_1.0.4_R000_Cy3_iba1_FINAL_F.ome.tif";

    @TempDir
    Path folder;

    private ScanFolder read(String table, Twins twins) throws IOException {
        TinyScan.SOUND.write(folder.resolve(DAPI));
        TinyScan.SOUND.write(folder.resolve(CY3));
        return ScanFolder.read(
                folder,
                new ScanRules(Optional.empty(), Optional.empty(), ChannelTable.parse(table, "table.csv"), twins));
    }

    private ScanChannel channel(ScanFolder scans, String file) {
        return scans.regions().getFirst().channels().stream()
                .filter(channel -> channel.file().endsWith(file))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatItSaysHoldsAndWhatItLeavesEmptyIsAsInTheScan() throws IOException {
        ScanFolder scans = read(
                "\uFEFFLabel, Name,colour,exposure\r\n1.0.4_cy3_IBA1,\"Iba1, microglia\",#00ff80,12.5\r\n\r\n"
                        + "1.0.4_DAPI,,,",
                Twins.REFUSE);

        ScanChannel cy3 = channel(scans, CY3);
        assertThat(cy3.shown()).isEqualTo("Iba1, microglia");
        assertThat(cy3.label()).isEqualTo("1.0.4_Cy3_iba1");
        assertThat(cy3.colour()).isEqualTo(0x00ff80);
        assertThat(cy3.taken().exposureMilliseconds()).hasValue(12.5);
        ScanChannel dapi = channel(scans, DAPI);
        assertThat(dapi.shown()).isEqualTo("DAPI");
        assertThat(dapi.colour()).isEqualTo(0xffffff);
        assertThat(dapi.taken().exposureMilliseconds()).hasValue(100.0);
    }

    @Test
    void lettersMayBeComposedInTheTableAndNotInTheName() throws IOException {
        String decomposed = "KK_S2_1.0.4_R000_Cy5_Ma\u0308r_FINAL_F.ome.tif";
        TinyScan.SOUND.write(folder.resolve(decomposed));

        for (String key :
                new String[] {"file\nKK_S2_1.0.4_R000_Cy5_M\u00e4r_FINAL_F.ome.tif", "label\n1.0.4_Cy5_Ma\u0308r"}) {
            ScanFolder scans = read(key.replace("\n", ",name\n") + ",Tale", Twins.REFUSE);

            assertThat(scans.problems()).isEmpty();
            assertThat(channel(scans, decomposed).shown()).isEqualTo("Tale");
        }
    }

    @Test
    void anotherDyeIsOneWithItsColourAndLabel() throws IOException {
        ScanChannel cy3 = channel(read("file,dye\n%s,cy5".formatted(CY3), Twins.REFUSE), CY3);

        assertThat(cy3.label()).isEqualTo("1.0.4_Cy5_iba1");
        assertThat(cy3.shown()).isEqualTo("Cy5_iba1");
        assertThat(cy3.colour()).isEqualTo(0xDC267F);
    }

    @Test
    void everyMistakeIsRefusedByRowAndColumn() {
        assertThatThrownBy(() -> ChannelTable.parse(
                        "label,colour,exposure\n1.0.4_DAPI,blue,1\n,FFFFFF,1\n1.0.4_dapi,,-3\n1.0.4_Cy3,FFFFFF",
                        "t.csv"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("t.csv")
                .hasMessageContaining("row 2, column colour: expected six hexadecimal digits")
                .hasMessageContaining("row 3, column label: expected which channel it is")
                .hasMessageContaining("row 4, column label: 1.0.4_dapi is in row 2 already")
                .hasMessageContaining("row 4, column exposure: expected milliseconds")
                .hasMessageContaining("row 5: expected 3 cells, found 2");
        assertThatThrownBy(() -> ChannelTable.parse("label,color\n", "t.csv"))
                .hasMessageContaining("row 1, column 2: there is no column \"color\"");
        assertThatThrownBy(() -> ChannelTable.parse("name,colour\n", "t.csv"))
                .hasMessageContaining("row 1: expected one column called file or one called label");
        assertThatThrownBy(() -> ChannelTable.parse("", "t.csv")).hasMessageContaining("an empty file");
        assertThatThrownBy(() -> ChannelTable.parse("label,name\n\"x,y\n", "t.csv"))
                .hasMessageContaining("row 2, column 1: a quote is not closed");
    }

    @Test
    void aRowOfNoScanIsRefused() throws IOException {
        assertThat(read("label,name\n1.0.4_DAPI,nuclei\n1.0.4_Cy5_CD4,T cells", Twins.REFUSE)
                        .problems())
                .filteredOn(Problem::refuses)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.found()).isEqualTo("row 3, column label: no scan is 1.0.4_cy5_cd4."));
    }

    @Test
    void twoChannelsCannotBeShownAlike() throws IOException {
        assertThat(read("label,name\n1.0.4_Cy3_iba1,dapi", Twins.REFUSE).problemsOf("R000"))
                .filteredOn(Problem::refuses)
                .singleElement()
                .satisfies(problem -> assertThat(problem.found()).contains(DAPI).contains(CY3));
    }

    @Test
    void ofTwinsTheOneAskedForIsTaken() throws IOException {
        TinyScan.SOUND.write(folder.resolve(RAW));

        assertThat(read("label\n", Twins.REFUSE).problemsOf("R000"))
                .filteredOn(Problem::refuses)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("scans.region.twins");
                    assertThat(problem.remedy()).contains("--twins afr").contains("--twins raw");
                });
        assertThat(read("label\n", Twins.AFR).regions().getFirst().channels())
                .extracting(channel -> channel.file().getFileName().toString())
                .containsExactly(DAPI, CY3);
        ScanFolder raw = read("label\n", Twins.RAW);
        assertThat(raw.regions().getFirst().channels())
                .extracting(channel -> channel.file().getFileName().toString())
                .containsExactly(DAPI, RAW);
        assertThat(raw.problemsOf("R000"))
                .anySatisfy(problem -> assertThat(problem.found()).contains(CY3).contains("left out"));
    }
}
