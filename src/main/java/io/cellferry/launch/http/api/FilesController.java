package io.cellferry.launch.http.api;

import io.cellferry.failure.StorageFailed;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
                entry(file).ifPresent(entries::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new Problems.NotThere("There is no folder %s to look into.".formatted(at));
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(at, e);
        }
        entries.sort(Comparator.comparing(Entry::name));
        return new Listing(at, entries, complete);
    }

    /// Empty for a file that is gone since the folder was read: uploads end by renaming.
    static Optional<Entry> entry(Path file) {
        try {
            BasicFileAttributes looked =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean isFolder = looked.isDirectory();
            return Optional.of(new Entry(
                    file.getFileName().toString(), isFolder ? "folder" : "file", isFolder ? 0 : looked.size()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// Without the system's words, which name folders of this machine.
    private static StorageFailed unreadable(String at, Exception why) {
        return new StorageFailed(
                "The folder %s cannot be looked into.".formatted(at),
                "Let the user of this service read it, and look after the disk.",
                why);
    }

    /// Neither staging folders nor links, which may lead out.
    private static boolean shown(Path file) {
        return !file.getFileName().toString().startsWith(".") && !Files.isSymbolicLink(file);
    }
}
