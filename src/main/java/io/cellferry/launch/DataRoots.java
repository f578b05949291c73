package io.cellferry.launch;

import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;

/// The folders that a service may read from and write to, each under a name. A place is said as `name:folder/file`.
///
/// Whatever a request says, the path that comes out lies in one of them, after every link on the way was followed: the
/// real path is what is opened later. A refusal never tells whether something outside exists.
public final class DataRoots {

    /// Longer than any path that systems take; half of it is enough to say which one was meant.
    private static final int LONGEST = 4096;

    private static final int SHOWN = 200;
    private static final String WORK_FOLDER = ".cellferry";

    private final Map<String, Path> readable;
    private final Map<String, Path> writable;

    private final Set<String> published;

    private DataRoots(Map<String, Path> readable, Map<String, Path> writable, Set<String> published) {
        this.readable = readable;
        this.writable = writable;
        this.published = published;
        for (String name : published) {
            if (!writable.containsKey(name)) {
                throw new RequestRefused(
                        "cellferry.serve.publish names %s, which is no name below cellferry.serve.write."
                                .formatted(name),
                        "Correct application.yml.");
            }
        }
    }

    /// Relative folders in `settings` are below `workingFolder`. A folder that is not there is refused at once.
    public static DataRoots of(ServiceSettings settings, Path workingFolder) {
        return new DataRoots(
                real(settings.readable(), workingFolder, "read"),
                real(settings.writable(), workingFolder, "write"),
                Set.copyOf(settings.published()));
    }

    private static Map<String, Path> real(Map<String, Path> said, Path workingFolder, String what) {
        Map<String, Path> real = new LinkedHashMap<>();
        said.forEach((name, folder) -> {
            try {
                real.put(name, workingFolder.resolve(folder).toRealPath());
            } catch (IOException e) {
                throw new RequestRefused(
                        "cellferry.serve.%s.%s names %s, which is not there.".formatted(what, name, folder),
                        "Make the folder, or correct application.yml.",
                        e);
            }
            if (!Files.isDirectory(workingFolder.resolve(folder))) {
                throw new RequestRefused(
                        "cellferry.serve.%s.%s names %s, which is no folder.".formatted(what, name, folder),
                        "Correct application.yml.");
            }
        });
        return Map.copyOf(real);
    }

    /// Where the input said as `name:path` really lies. Outputs can be inputs of the next run.
    public Path input(String said) {
        return place(said, name -> Optional.ofNullable(readable.get(name)).or(() -> root(writable, name)), "read");
    }

    /// Where the output said as `name:path` is to lie.
    public Path output(String said) {
        return belowRoot(place(said, name -> root(writable, name), "write"), said);
    }

    /// `path` as a job file says it, if it lies where this service may read.
    public Path checkedInput(Path path) {
        return RealPath.of(path)
                .filter(real -> within(readable, real).isPresent()
                        || within(writable, real).isPresent())
                .orElseThrow(() -> outside(path.toString(), "read"));
    }

    public Path checkedOutput(Path path) {
        Path output = RealPath.of(path)
                .filter(real -> within(writable, real).isPresent())
                .orElseThrow(() -> outside(path.toString(), "write"));
        return belowRoot(output, path.toString());
    }

    /// An output in the place of the folder itself would lie beside all others, and its unfinished work outside.
    private Path belowRoot(Path output, String said) {
        if (writable.containsValue(output)) {
            throw new RequestRefused(
                    "\"%s\" is a whole folder of this service; an output needs a name in it.".formatted(shown(said)),
                    "Add a name, such as %sdemo.".formatted(said(output)));
        }
        return output;
    }

    /// `path` as `name:path`, or only its last name when it lies elsewhere.
    public String said(Path path) {
        return within(writable, path)
                .or(() -> within(readable, path))
                .map(root -> "%s:%s".formatted(root.getKey(), root.getValue().relativize(path)))
                .orElseGet(() -> String.valueOf(path.getFileName()));
    }

    /// `text` with every path below one of the folders said as `name:path`: for people who do not know this machine.
    public String withoutFolders(String text) {
        String said = text;
        for (Map<String, Path> some : List.of(writable, readable)) {
            for (Map.Entry<String, Path> root : some.entrySet()) {
                said = said.replace(root.getValue() + "/", root.getKey() + ":");
            }
        }
        return said;
    }

    /// The names of those of [#writable] whose finished outputs anybody may fetch.
    public Set<String> published() {
        return published;
    }

    /// The address at which anybody may fetch the finished output at `path`.
    public Optional<String> published(Path path) {
        return within(writable, path)
                .filter(root -> published.contains(root.getKey()))
                .map(root -> UriUtils.encodePath(
                        "/exports/%s/%s"
                                .formatted(root.getKey(), root.getValue().relativize(path)),
                        StandardCharsets.UTF_8));
    }

    public Map<String, Path> readable() {
        return readable;
    }

    public Map<String, Path> writable() {
        return writable;
    }

    private interface Lookup {
        Optional<Path> root(String name);
    }

    private static Optional<Path> root(Map<String, Path> roots, String name) {
        return Optional.ofNullable(roots.get(name));
    }

    private Path place(String said, Lookup roots, String what) {
        int colon = said.indexOf(':');
        Optional<Path> root = colon < 1 ? Optional.empty() : roots.root(said.substring(0, colon));
        if (root.isEmpty()) {
            throw outside(said, what);
        }
        String below = said.substring(colon + 1);
        if (!isPlain(below)) {
            throw outside(said, what);
        }
        Path path;
        try {
            path = root.get().resolve(below).normalize();
        } catch (InvalidPathException e) {
            throw outside(said, what);
        }
        // The words first, then the links: what lies outside is never looked at.
        if (!path.startsWith(root.get())) {
            throw outside(said, what);
        }
        return RealPath.of(path)
                .filter(real -> real.startsWith(root.get()))
                .filter(real -> !isOurs(root.get().relativize(real)))
                .orElseThrow(() -> outside(said, what));
    }

    /// Only names, and `/` between them. Nothing that another system takes for a separator, a drive or a command; no
    /// way up, even one that comes down again.
    private static boolean isPlain(String below) {
        boolean strange = below.length() > LONGEST
                || below.startsWith("/")
                || below.codePoints().anyMatch(one -> one == '\\' || isInvisible(one));
        return !strange && List.of(below.split("/", -1)).stream().noneMatch(name -> name.equals(".."));
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /// Unfinished work lies in folders of this name; whoever wrote there could make a run publish what it never made.
    private static boolean isOurs(Path relative) {
        for (Path name : relative) {
            if (name.toString().equals(WORK_FOLDER)) {
                return true;
            }
        }
        return false;
    }

    private RequestRefused outside(String said, String what) {
        var names = what.equals("read") ? readable.keySet() : writable.keySet();
        return new RequestRefused(
                "\"%s\" is not in a folder that this service may %s.".formatted(shown(said), what),
                names.isEmpty()
                        ? "Name folders below cellferry.serve.%s in application.yml.".formatted(what)
                        : "Say it as NAME:PATH; the names are %s.".formatted(String.join(", ", names)));
    }

    private static String shown(String said) {
        String begin = said.length() <= SHOWN ? said : said.substring(0, SHOWN) + "…";
        return begin.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }

    private static Optional<Map.Entry<String, Path>> within(Map<String, Path> roots, Path path) {
        return roots.entrySet().stream()
                .filter(root -> path.startsWith(root.getValue()))
                .findFirst();
    }

    /// Refuses when `path`, once given out by an object of this class, leads elsewhere by now: a run may wait for hours
    /// before it opens what it was promised, and a folder can become a link meanwhile.
    static void requireUnmoved(Path path, String what) {
        if (RealPath.of(path).filter(path.toAbsolutePath().normalize()::equals).isEmpty()) {
            throw new RequestRefused(
                    "The %s leads elsewhere than when the run was accepted.".formatted(what),
                    "Look for links on the way to it, then ask for the run again.");
        }
    }

    /// Refuses when tokens, records and logs would lie where requests may read or write.
    public void refuseHolding(Path stateFolder) {
        Path state = RealPath.of(stateFolder).orElse(stateFolder);
        Stream.concat(readable.entrySet().stream(), writable.entrySet().stream())
                .filter(root ->
                        state.startsWith(root.getValue()) || root.getValue().startsWith(state))
                .findFirst()
                .ifPresent(root -> {
                    throw new RequestRefused(
                            "The state folder %s and the folder %s of cellferry.serve lie in each other; requests could"
                                            .formatted(state, root.getKey())
                                    + " reach tokens and records.",
                            "Give another --state-dir, or name folders that hold only data.");
                });
    }
}
