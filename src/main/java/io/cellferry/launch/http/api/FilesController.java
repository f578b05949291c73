package io.cellferry.launch.http.api;

import io.cellferry.launch.DataRoots;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What lies in a folder that the service may read, for picking an input.
@RestController
@Needs(Role.RUNNER)
final class FilesController {

    /// Nobody picks from more; the rest can be typed.
    private static final int MOST = 1000;

    private final DataRoots roots;

    FilesController(DataRoots roots) {
        this.roots = roots;
    }

    record Listing(String at, List<Entry> entries, boolean complete) {}

    /// `kind` is file or folder; folders have 0 bytes.
    record Entry(String name, String kind, long bytes) {}

    @Says("What lies in a folder that may be read.")
    @GetMapping("/api/v1/files")
    Listing list(@RequestParam String at) {
        Path folder = roots.input(at);
        List<Entry> entries = new ArrayList<>();
        boolean complete = true;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FilesController::shown)) {
            for (Path file : files) {
                if (entries.size() == MOST) {
                    complete = false;
                    break;
                }
                boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                entries.add(new Entry(
                        file.getFileName().toString(), isFolder ? "folder" : "file", isFolder ? 0 : Files.size(file)));
            }
        } catch (IOException e) {
            throw new Problems.NotThere("There is no folder %s to look into.".formatted(at));
        }
        entries.sort(Comparator.comparing(Entry::name));
        return new Listing(at, entries, complete);
    }

    /// Neither staging folders nor links, which may lead out.
    private static boolean shown(Path file) {
        return !file.getFileName().toString().startsWith(".") && !Files.isSymbolicLink(file);
    }
}
