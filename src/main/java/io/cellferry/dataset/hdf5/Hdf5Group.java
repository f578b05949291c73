package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A group: names that lead to groups and data sets.
///
/// Names are read without looking at what they lead to, so that one member nobody can read does not hide the others.
public final class Hdf5Group implements TreeGroup {

    /// Deeper paths are refused; real files have less than ten levels.
    private static final int MOST_LEVELS = 64;

    private static final int MOST_LINKS = 64;

    private final OpenFile file;
    private final String path;
    private final long address;
    private final Hdf5Attributes attributes;
    private final Once<SortedMap<String, GroupLinks.Link>> links;

    Hdf5Group(OpenFile file, String path, long address, ObjectHeader header) {
        this.address = address;
        this.file = file;
        this.path = path;
        this.attributes = new Hdf5Attributes(file, path, header);
        this.links = new Once<>(() -> Guard.reading(file.path(), path, () -> GroupLinks.read(file.bytes(), header)));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Hdf5Attributes attributes() {
        return attributes;
    }

    @Override
    public List<String> childNames() {
        return List.copyOf(links.get().keySet());
    }

    @Override
    public Object identity() {
        return address;
    }

    @Override
    public boolean has(String name) {
        return links.get().containsKey(name);
    }

    /// What `relativePath` (`a/b/c`, or from the root with a leading `/`) leads to; empty when there is no such name.
    ///
    /// Soft links are followed, relative ones from their own group. Refused are links that lead nowhere, in a
    /// circle or out of the file, paths of more than 64 levels, and members whose header cannot be read.
    @Override
    public Optional<TreeNode> find(String relativePath) {
        Deque<Hdf5Group> trail = new ArrayDeque<>();
        trail.push(this);
        Deque<String> names = new ArrayDeque<>();
        prepend(relativePath, names, trail);
        int followed = 0;
        boolean byLink = false;
        while (!names.isEmpty()) {
            String name = names.pop();
            Hdf5Group group = trail.element();
            GroupLinks.Link link = group.links.get().get(name);
            switch (link) {
                case null -> {
                    if (byLink) {
                        throw refused(relativePath, "is a link that leads nowhere", "Remove the link or mend it.");
                    }
                    return Optional.empty();
                }
                case GroupLinks.Link.Hard hard -> {
                    TreeNode node = file.node(hard.address(), group.childPath(name));
                    if (names.isEmpty()) {
                        return Optional.of(node);
                    }
                    if (!(node instanceof Hdf5Group inner)) {
                        return Optional.empty();
                    }
                    if (trail.size() > MOST_LEVELS) {
                        throw refused(relativePath, "lies more than 64 levels deep", "Move it up.");
                    }
                    trail.push(inner);
                }
                case GroupLinks.Link.Soft soft -> {
                    byLink = true;
                    if (++followed > MOST_LINKS) {
                        throw refused(relativePath, "is a link that leads in a circle", "Remove the link or mend it.");
                    }
                    prepend(soft.target(), names, trail);
                }
                case GroupLinks.Link.External external ->
                    throw refused(
                            relativePath,
                            "is a link into another file (%s), which is not followed".formatted(external.description()),
                            "Copy the data into one file.");
            }
        }
        return Optional.of(trail.element());
    }

    private void prepend(String relativePath, Deque<String> names, Deque<Hdf5Group> trail) {
        if (relativePath.startsWith("/")) {
            trail.clear();
            trail.push(file.root());
        }
        List<String> parts = Arrays.stream(relativePath.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        for (String part : parts.reversed()) {
            names.push(part);
        }
        if (names.size() > MOST_LEVELS) {
            throw refused(relativePath, "lies more than 64 levels deep", "Move it up.");
        }
    }

    private String childPath(String name) {
        return path.endsWith("/") ? path + name : path + "/" + name;
    }

    private InputRefused refused(String relativePath, String what, String remedy) {
        String full = relativePath.startsWith("/") ? relativePath : childPath(relativePath);
        return new InputRefused("%s: %s %s.".formatted(file.path(), full, what), remedy);
    }
}
