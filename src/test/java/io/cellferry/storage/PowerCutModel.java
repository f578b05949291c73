package io.cellferry.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a folder would survive a power cut.
///
/// Contents of a file survive up to its last force; what was written after that is kept, dropped or torn. A name that
/// was created, moved or deleted survives once every folder it concerns was forced; until then the change happened or
/// not, each change for itself, except that changes of one file happen in their order and a rename is whole.
final class PowerCutModel {

    /// A file or a folder, whatever its name.
    static final class Node {
        final boolean folder;
        final Map<String, Node> names = new TreeMap<>();
        final Map<String, Node> durableNames = new TreeMap<>();
        final ByteArrayOutputStream contents = new ByteArrayOutputStream();
        byte[] durableContents = {};
        boolean dirty;
        /// A force failed: the kernel has dropped the pages and will call later forces successful.
        boolean spoiled;

        Node(boolean folder) {
            this.folder = folder;
        }

        void force() {
            if (!spoiled) {
                durableContents = contents.toByteArray();
                dirty = false;
            }
        }
    }

    private record Place(Node folder, String name) {}

    /// `node` left `from` (unless it is new) and appeared at `to` (unless it was deleted).
    private static final class Change {
        final Node node;
        final @Nullable Place from;
        final @Nullable Place to;
        final Set<Node> unforced = new HashSet<>();

        Change(Node node, @Nullable Place from, @Nullable Place to) {
            this.node = node;
            this.from = from;
            this.to = to;
            if (from != null) {
                unforced.add(from.folder());
            }
            if (to != null) {
                unforced.add(to.folder());
            }
        }

        void apply() {
            if (from != null) {
                from.folder().durableNames.remove(from.name(), node);
            }
            if (to != null) {
                to.folder().durableNames.put(to.name(), node);
            }
        }
    }

    private final Path rootPath;
    private final Node root;
    private final Deque<Change> changes = new ArrayDeque<>();

    /// Everything that is there now is durable.
    PowerCutModel(Path rootPath) throws IOException {
        this.rootPath = rootPath;
        this.root = load(rootPath);
    }

    private static Node load(Path path) throws IOException {
        Node node = new Node(Files.isDirectory(path));
        if (node.folder) {
            try (Stream<Path> entries = Files.list(path)) {
                for (Path entry : entries.toList()) {
                    node.names.put(entry.getFileName().toString(), load(entry));
                }
            }
            node.durableNames.putAll(node.names);
        } else {
            node.contents.writeBytes(Files.readAllBytes(path));
            node.force();
        }
        return node;
    }

    /// The file at `path`, created empty when missing.
    Node file(Path path) {
        Place place = place(path);
        Node found = place.folder().names.get(place.name());
        return found != null ? found : add(place, new Node(false));
    }

    void createFolder(Path path) {
        Place place = place(path);
        if (!place.folder().names.containsKey(place.name())) {
            add(place, new Node(true));
        }
    }

    private Node add(Place place, Node node) {
        place.folder().names.put(place.name(), node);
        changes.add(new Change(node, null, place));
        return node;
    }

    void rename(Path fromPath, Path toPath) {
        Place from = place(fromPath);
        Place to = place(toPath);
        Node node = from.folder().names.remove(from.name());
        to.folder().names.put(to.name(), node);
        changes.add(new Change(node, from, to));
    }

    void delete(Path path) {
        Place place = place(path);
        Node node = place.folder().names.remove(place.name());
        if (node != null) {
            changes.add(new Change(node, place, null));
        }
    }

    void forceFolder(Path path) {
        Node folder = node(path);
        changes.forEach(change -> change.unforced.remove(folder));
        // Changes that wait behind an undecided one keep their order.
        while (!changes.isEmpty() && changes.getFirst().unforced.isEmpty()) {
            changes.removeFirst().apply();
        }
    }

    void syncAll() {
        changes.forEach(Change::apply);
        changes.clear();
        forEachFile(root, Node::force);
    }

    void spoilAll() {
        forEachFile(root, file -> file.spoiled |= file.dirty);
    }

    private static void forEachFile(Node node, Consumer<Node> action) {
        if (node.folder) {
            node.names.values().forEach(child -> forEachFile(child, action));
        } else {
            action.accept(node);
        }
    }

    /// Rewrites the real folder to one of the states that a power cut now could leave.
    void settle(Random random) throws IOException {
        int temper = random.nextInt(4); // 0: nothing unforced survives, 1: everything does, else each change by chance.
        Set<Node> undone = new HashSet<>();
        for (Change change : changes) {
            boolean survives = change.unforced.isEmpty()
                    || ((temper == 1 || (temper > 1 && random.nextBoolean())) && !undone.contains(change.node));
            if (survives) {
                change.apply();
            } else {
                undone.add(change.node);
            }
        }
        try (Stream<Path> all = Files.walk(rootPath)) {
            List<Path> old =
                    new ArrayList<>(all.filter(path -> !path.equals(rootPath)).toList());
            old.sort(Comparator.reverseOrder());
            for (Path path : old) {
                Files.delete(path);
            }
        }
        write(root, rootPath, temper, random);
    }

    private static void write(Node node, Path path, int temper, Random random) throws IOException {
        if (!node.folder) {
            Files.write(path, survivingContents(node, temper, random));
            return;
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path);
        }
        for (Map.Entry<String, Node> child : node.durableNames.entrySet()) {
            write(child.getValue(), path.resolve(child.getKey()), temper, random);
        }
    }

    private static byte[] survivingContents(Node node, int temper, Random random) {
        byte[] written = node.contents.toByteArray();
        if (!node.dirty || temper == 0) {
            return node.durableContents;
        }
        if (temper == 1 && !node.spoiled) {
            return written;
        }
        int intact = Arrays.mismatch(node.durableContents, written);
        if (intact < 0 || intact == written.length || random.nextInt(4) == 0) {
            // Nothing has changed, or the end was cut off, or nothing has reached the disk yet.
            return random.nextBoolean() && intact >= 0 && !node.spoiled ? written : node.durableContents;
        }
        int kept = intact + random.nextInt(written.length - intact + 1);
        byte[] torn = Arrays.copyOf(written, kept);
        // The size may have reached the disk without the bytes.
        return random.nextBoolean() ? torn : Arrays.copyOf(torn, written.length);
    }

    private Place place(Path path) {
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw new IllegalArgumentException(path + " lies outside " + rootPath);
        }
        return new Place(node(parent), name.toString());
    }

    private Node node(Path path) {
        if (!path.startsWith(rootPath)) {
            throw new IllegalArgumentException(path + " lies outside " + rootPath);
        }
        Node node = root;
        for (Path part : rootPath.relativize(path)) {
            if (!part.toString().isEmpty()) {
                Node next = node.names.get(part.toString());
                if (next == null) {
                    throw new IllegalStateException(path + " was created behind the back of the disk");
                }
                node = next;
            }
        }
        return node;
    }
}
