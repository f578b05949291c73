package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A sound export has no findings, and every kind of damage has one.
class ExportCheckTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two-cells",
                "plain-f32",
                "u8-gz6",
                "u16-gz1",
                "every-obs-kind",
                "every-obs-kind-u8",
                "awkward-names",
                "no-centroids",
                "no-genes",
                "no-obs",
                "graph-dense",
                "described",
                "cells-65537"
            })
    void soundExportsHaveNoFindings(String name) throws IOException {
        write(name);

        assertThat(ExportCheck.check(folder)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Quantization.class,
            names = {"NONE", "BITS_8", "BITS_16"})
    void soundExportsOfTheOldContractHaveNoFindings(Quantization quantization) throws IOException {
        Recipe recipe = ParityTest.recipe("every-obs-kind");
        ExportSettings s = RecipeExport.settings(recipe, Contract.V0_9_0, MissingPolicy.MARK);
        ExportSettings quantized = new ExportSettings(
                s.contract(),
                quantization,
                quantization,
                ObsCodes.AUTO,
                s.gzipLevel(),
                s.centroidQuantile(),
                s.centroidMinPoints(),
                s.missing(),
                s.card());
        Recipe oldNames = new OldContractRecipes(recipe).withUsableVectors();

        RecipeExport.write(oldNames, quantized, folder);

        assertThat(ExportCheck.check(folder)).isEmpty();
    }

    @Test
    void everyFlippedBitThatChangesACompressedPayloadIsFound() throws IOException {
        write("u8-gz6");
        Path file = folder.resolve("var/0.values.u8.gz");
        byte[] bytes = Files.readAllBytes(file);
        byte[] payload = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();

        int unnoticed = 0;
        // The first ten bytes are the header, whose time and system nobody reads.
        for (int bit = 80; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);

            if (ExportCheck.check(folder).isEmpty()) {
                // Deflate has a few bits that mean nothing: padding, and lengths of codes that never occur.
                unnoticed++;
                assertThat(new GZIPInputStream(new ByteArrayInputStream(flipped)).readAllBytes())
                        .as("bit %d flipped", bit)
                        .isEqualTo(payload);
            }
        }
        assertThat(unnoticed).isLessThan(16);
    }

    @Test
    void everyTruncationOfACompressedFileIsFound() throws IOException {
        write("u8-gz6");
        Path file = folder.resolve("var/0.values.u8.gz");
        byte[] bytes = Files.readAllBytes(file);

        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));

            assertThat(codes()).as("cut to %d bytes", length).containsExactly("cellucid.payload.gzip");
        }
    }

    @Test
    void aSecondGzipMemberIsFound() throws IOException {
        write("u8-gz6");
        Path file = folder.resolve("var/0.values.u8.gz");
        byte[] bytes = Files.readAllBytes(file);
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        Files.write(file, twice);

        assertThat(codes()).containsExactly("cellucid.payload.gzip");
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        write("plain-f32");
        Files.delete(folder.resolve("obs/0.codes.u16"));

        assertThat(ExportCheck.check(folder))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("cellucid.payload.missing"))
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("obs/0.codes.u16"));
    }

    @Test
    void anUndeclaredFileIsFound() throws IOException {
        write("plain-f32");
        Files.writeString(folder.resolve("var/99.values.f32"), "?");

        assertThat(codes()).containsExactly("cellucid.file.undeclared");
    }

    @Test
    void aManifestOfAnEarlierExportIsFound() throws IOException {
        write("plain-f32");
        replace("var_manifest.json", ", [5, \"GENE5\"]]", "]");

        assertThat(codes()).contains("cellucid.manifest.differs", "cellucid.file.undeclared");
    }

    @Test
    void anIdentityOfAnotherExportIsFound() throws IOException {
        write("plain-f32");
        replace("dataset_identity.json", "\"n_cells\": 120", "\"n_cells\": 119");

        assertThat(codes()).contains("cellucid.manifest.differs", "cellucid.payload.size");
    }

    @Test
    void anUnknownMemberIsFound() throws IOException {
        write("plain-f32");
        replace("obs_manifest.json", "\"n_points\": 120", "\"n_points\": 120, \"checksum\": 1");

        assertThat(ExportCheck.check(folder)).singleElement().satisfies(problem -> assertThat(problem.where())
                .isEqualTo("obs_manifest.json: checksum"));
    }

    @Test
    void textThatIsNotJsonIsFound() throws IOException {
        write("plain-f32");
        replace("obs_manifest.json", "\"n_points\": 120", "\"n_points\": NaN");

        assertThat(codes()).containsExactly("cellucid.manifest.malformed");
    }

    @Test
    void aMissingIdentityIsFound() throws IOException {
        write("plain-f32");
        Files.delete(folder.resolve("dataset_identity.json"));

        assertThat(codes()).containsExactly("cellucid.manifest.missing");
    }

    @Test
    void aCodeWithoutLabelIsFound() throws IOException {
        write("plain-f32");
        put("obs/0.codes.u16", 2 * 7, 2, 3);

        assertThat(ExportCheck.check(folder)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("cellucid.payload.value");
            assertThat(problem.found()).contains("below 3, or 65,535 for missing", "at position 7");
        });
    }

    @Test
    void aCodeThatMeansMissingIsFine() throws IOException {
        write("plain-f32");
        put("obs/0.codes.u16", 0, 2, 65_535);

        assertThat(codes()).isEmpty();
    }

    @Test
    void anOutlierShareAboveOneIsFound() throws IOException {
        write("plain-f32");
        put("obs/0.outliers.f32", 4, 4, Float.floatToIntBits(1.0000001f));

        assertThat(codes()).containsExactly("cellucid.payload.value");
    }

    @Test
    void aPointThatIsNowhereIsFound() throws IOException {
        write("plain-f32");
        put("points_2d.bin", 16, 4, Float.floatToIntBits(Float.NaN));

        assertThat(codes()).containsExactly("cellucid.payload.value");
    }

    @Test
    void aMissingValueIsFineInAFieldButNotInAnUnquantizedGene() throws IOException {
        write("plain-f32");
        put("obs/1.values.f32", 0, 4, Float.floatToIntBits(Float.NaN));
        put("var/2.values.f32", 0, 4, Float.floatToIntBits(Float.NaN));

        assertThat(ExportCheck.check(folder)).singleElement().satisfies(problem -> assertThat(problem.where())
                .isEqualTo("var/2.values.f32"));
    }

    @Test
    void anEdgeOutOfOrderIsFound() throws IOException {
        write("graph-dense");
        put("connectivity/edges.dst.bin", 0, 2, 119);

        assertThat(codes()).containsExactly("cellucid.edges.order");
    }

    @Test
    void aWeightOfZeroIsFound() throws IOException {
        write("graph-dense");
        put("connectivity/edges.weights.f64.bin", 8, 8, 0);

        assertThat(codes()).containsExactly("cellucid.edges.weight");
    }

    @Test
    void aWrongGreatestNumberOfNeighboursIsFound() throws IOException {
        write("graph-dense");
        replace("connectivity_manifest.json", "\"max_neighbors\": 4", "\"max_neighbors\": 5");

        assertThat(codes()).containsExactly("cellucid.edges.neighbors");
    }

    @Test
    void aCentroidOfAnUnknownLabelIsFound() throws IOException {
        write("plain-f32");
        replace("obs_manifest.json", "{\"category\": \"NK\"", "{\"category\": \"KN\"");

        assertThat(codes()).containsExactly("cellucid.centroids");
    }

    @Test
    void allFindingsAreReportedAtOnce() throws IOException {
        write("graph-dense");
        Files.delete(folder.resolve("var/3.values.f32"));
        put("points_2d.bin", 0, 4, Float.floatToIntBits(Float.NaN));
        put("connectivity/edges.weights.f64.bin", 0, 8, 0);

        assertThat(codes())
                .containsExactlyInAnyOrder(
                        "cellucid.payload.missing", "cellucid.payload.value", "cellucid.edges.weight");
    }

    private void write(String name) throws IOException {
        Recipe recipe = ParityTest.recipe(name);
        RecipeExport.write(recipe, RecipeExport.settings(recipe), folder);
    }

    private List<String> codes() {
        return ExportCheck.check(folder).stream().map(Problem::code).distinct().toList();
    }

    private void replace(String name, String text, String replacement) throws IOException {
        Path file = folder.resolve(name);
        String before = Files.readString(file, StandardCharsets.US_ASCII);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, replacement), StandardCharsets.US_ASCII);
    }

    private void put(String name, int at, int width, long value) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        byte[] little = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        System.arraycopy(little, 0, bytes, at, width);
        Files.write(file, bytes);
    }
}
