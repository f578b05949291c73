package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to a published output is found and named.
class ManifestCheckTest {

    @TempDir
    Path temporary;

    private Path output;

    @BeforeEach
    void publish() throws IOException {
        output = temporary.toRealPath().resolve("out");
        RunTarget target = RunTarget.folder("run1", output, "{}", TinyConversion.INPUT, "test");
        var opened = (Opening.Opened) new RunFolders(new RealDisk()).open(target);
        try (RunFolder run = opened.folder()) {
            writeUnit(run);
            run.publish(Map.of());
        }
    }

    private static void writeUnit(RunFolder run) {
        try (UnitWriter unit = run.begin("u")) {
            for (int file = 0; file < 20; file++) {
                try (StagedFile staged = unit.output("part/%02d".formatted(file))) {
                    staged.write(("file " + file).getBytes(StandardCharsets.UTF_8));
                    staged.finish();
                }
            }
            unit.commit();
        }
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    @Test
    void anUntouchedOutputHasNoProblems() {
        assertThat(ManifestCheck.quick(output)).isEmpty();
        assertThat(ManifestCheck.sample(output, 0.5, 1)).isEmpty();
        assertThat(ManifestCheck.full(output)).isEmpty();
    }

    @Test
    void missingExtraAndResizedFilesAreFoundWithoutReading() throws IOException {
        Files.delete(output.resolve("part/03"));
        Files.writeString(output.resolve("part/04"), "longer than before");
        Files.writeString(output.resolve("part/extra"), "");

        List<Problem> problems = ManifestCheck.quick(output);

        assertThat(codes(problems)).containsExactly("verify.file.missing", "verify.file.size", "verify.file.extra");
        assertThat(problems.get(1).where()).isEqualTo(output.resolve("part/04").toString());
        assertThat(problems.get(1).found()).isEqualTo("expected 6 bytes, found 18");
        assertThat(problems.get(2).remedy()).isEqualTo("Move it out of the output.");
    }

    @Test
    void oneChangedByteIsFoundByReadingAll() throws IOException {
        Files.writeString(output.resolve("part/07"), "file 8");

        assertThat(ManifestCheck.quick(output)).isEmpty();
        assertThat(codes(ManifestCheck.full(output))).containsExactly("verify.file.hash");
        assertThat(ManifestCheck.full(output).getFirst().found())
                .startsWith("expected SHA-256 ")
                .contains(", found ");
    }

    @Test
    void aSampleReadsItsShareAndTheSameFilesForTheSameSeed() throws IOException {
        for (int file = 0; file < 20; file++) {
            Path path = output.resolve("part/%02d".formatted(file));
            Files.writeString(path, "F" + Files.readString(path).substring(1));
        }

        List<Problem> first = ManifestCheck.sample(output, 0.5, 42);
        assertThat(first).hasSizeBetween(4, 16);
        assertThat(ManifestCheck.sample(output, 0.5, 42)).isEqualTo(first);
        assertThat(ManifestCheck.sample(output, 0.5, 43)).isNotEqualTo(first);
        assertThat(ManifestCheck.sample(output, 0, 42)).isEmpty();
        assertThat(ManifestCheck.sample(output, 1, 42)).hasSize(20);
    }

    @Test
    void aMissingOrDamagedManifestIsAProblemOfItsOwn() throws IOException {
        Path manifest = output.resolveSibling("out.cellferry.json");
        Files.writeString(manifest, Files.readString(manifest).substring(10));
        assertThat(codes(ManifestCheck.quick(output))).containsExactly("verify.manifest.damaged");
        Files.delete(manifest);
        assertThat(codes(ManifestCheck.quick(output))).containsExactly("verify.manifest.missing");
        assertThat(codes(ManifestCheck.quick(output.resolveSibling("none")))).containsExactly("verify.output.missing");
    }

    @Test
    void anEmptyFolderIsNoPartOfTheOutput() throws IOException {
        Files.createDirectories(output.resolve("part/left/over"));

        List<Problem> problems = ManifestCheck.quick(output);

        assertThat(codes(problems)).containsExactly("verify.file.extra");
        assertThat(problems.getFirst().where())
                .isEqualTo(output.resolve("part/left/over").toString());
    }

    /// Manifests travel: what comes back may lack words, name files of other folders, or name one twice.
    @Test
    void aManifestThatNobodyCouldHavePublishedIsDamaged() throws IOException {
        Path manifest = output.resolveSibling("out.cellferry.json");
        String sound = Files.readString(manifest);
        for (String word : List.of(
                "runId",
                "toolVersion",
                "startedAt",
                "input",
                "lastModified",
                "namesSha256",
                "contentSha256",
                "details",
                "files",
                "path",
                "sha256")) {
            requireDamaged(manifest, sound, sound.replaceFirst("\"" + word + "\"", "\"un" + word + "\""));
        }
        for (String path : List.of("../out/part/00", "/etc/passwd", "", "part/./00", "part\\u000000", "part/01")) {
            requireDamaged(manifest, sound, sound.replace("\"part/00\"", "\"" + path + "\""));
        }
    }

    private void requireDamaged(Path manifest, String sound, String damaged) throws IOException {
        assertThat(damaged).isNotEqualTo(sound);
        Files.writeString(manifest, damaged);
        assertThat(codes(ManifestCheck.full(output))).as(damaged).containsExactly("verify.manifest.damaged");
        assertThat(ManifestCheck.full(output).getFirst().remedy())
                .isEqualTo("Restore it from a copy, or move the output away and make it again.");
    }
}
