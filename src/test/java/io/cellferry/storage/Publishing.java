package io.cellferry.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// Publishes outputs of any content as runs do: staged, journalled, renamed, with a manifest.
public final class Publishing {

    private static final RunFolders FOLDERS = new RunFolders(new RealDisk());

    private Publishing() {}

    /// A folder with these files; takes the place of an earlier one.
    public static void folder(Path output, Map<String, String> files) {
        publish(
                RunTarget.folder(runId(), output, "{}", TinyConversion.INPUT, "test")
                        .replacing(),
                files);
    }

    public static void file(Path output, String content) {
        publish(
                RunTarget.file(runId(), output, "{}", TinyConversion.INPUT, "test")
                        .replacing(),
                Map.of(String.valueOf(output.getFileName()), content));
    }

    /// A folder with one file `data.bin` of `pieces` times these bytes.
    public static void large(Path output, byte[] piece, int pieces) {
        var opened =
                (Opening.Opened) FOLDERS.open(RunTarget.folder(runId(), output, "{}", TinyConversion.INPUT, "test"));
        try (RunFolder run = opened.folder()) {
            try (UnitWriter unit = run.begin("u");
                    StagedFile staged = unit.output("data.bin")) {
                for (int i = 0; i < pieces; i++) {
                    staged.write(piece, 0, piece.length);
                }
                staged.finish();
                unit.commit();
            }
            run.publish(Map.of());
        }
    }

    private static String runId() {
        return UUID.randomUUID().toString();
    }

    private static void publish(RunTarget target, Map<String, String> files) {
        var opened = (Opening.Opened) FOLDERS.open(target);
        try (RunFolder run = opened.folder()) {
            try (UnitWriter unit = run.begin("u")) {
                files.forEach((path, content) -> {
                    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                    try (StagedFile staged = unit.output(path)) {
                        staged.write(bytes, 0, bytes.length);
                        staged.finish();
                    }
                });
                unit.commit();
            }
            run.publish(Map.of());
        }
    }
}
