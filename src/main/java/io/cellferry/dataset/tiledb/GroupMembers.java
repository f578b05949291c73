package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a group holds: names that lead to the places of groups and arrays in the same folder.
public final class GroupMembers {

    private static final int WITH_DELETION = 2;

    private final StoredFolder folder;
    private final String group;
    private final Map<String, Member> members = new TreeMap<>();

    private GroupMembers(StoredFolder folder, String group) {
        this.folder = folder;
        this.group = group;
    }

    public static boolean isGroup(StoredFolder folder, String path) {
        return folder.isFile(StoredFolder.join(path, "__tiledb_group.tdb"))
                || folder.isFolder(StoredFolder.join(path, "__group"));
    }

    public static boolean isArray(StoredFolder folder, String path) {
        return folder.isFolder(StoredFolder.join(path, "__schema"));
    }

    /// Places by name, in alphabetical order.
    ///
    /// Each file is a generic tile: version (4 bytes), number of members (8); for each version (4), kind (1, group
    /// 1 or array 2), place relative to the group (1), place with its length in 8 bytes, named (1), name likewise,
    /// from version 2 on deleted (1). Files of version 2 amend the earlier ones, those of version 1 replace them.
    public static Map<String, String> of(StoredFolder folder, String group) {
        GroupMembers members = new GroupMembers(folder, group);
        String home = StoredFolder.join(group, "__group");
        List<StampedName> stamps = StampedFiles.current(folder, home);
        if (stamps.isEmpty()) {
            requireEmpty(folder, group, home);
        }
        for (StampedName stamp : stamps) {
            String file = StoredFolder.join(home, stamp.text());
            ByteReader in = GenericTile.read(folder, file);
            try {
                if (in.int32() < WITH_DELETION) {
                    members.members.clear();
                }
                for (int left = in.count64(1); left > 0; left--) {
                    members.member(in);
                }
            } catch (Malformed damaged) {
                throw folder.refusal(file, damaged);
            }
        }
        return members.places(home);
    }

    /// A group that lost its list would be empty without a word.
    private static void requireEmpty(StoredFolder folder, String group, String home) {
        boolean known = isGroup(folder, group) || folder.isFolder(StoredFolder.join(group, "__meta"));
        if (!known || isArray(folder, group)) {
            throw folder.refusal(
                    group, new Malformed("expected a group, found " + (known ? "an array" : "nothing of one")));
        }
        for (String name : folder.names(group)) {
            String place = StoredFolder.join(group, name);
            if (!name.startsWith("__") && (isGroup(folder, place) || isArray(folder, place))) {
                throw folder.refusal(
                        home,
                        new Malformed("no list of members is there, but \"%s\" lies in the group".formatted(name)));
            }
        }
    }

    private record Member(String uri, boolean relative) {}

    private Map<String, String> places(String home) {
        Map<String, String> places = new TreeMap<>();
        members.forEach((name, member) -> {
            try {
                places.put(name, place(name, member));
            } catch (Malformed elsewhere) {
                throw folder.refusal(home, elsewhere);
            }
        });
        return Collections.unmodifiableMap(places);
    }

    private void member(ByteReader in) {
        int version = in.int32();
        in.unsignedByte();
        boolean relative = in.flag();
        String uri = in.text(in.count64(1));
        String name = in.flag() ? in.text(in.count64(1)) : lastPart(uri);
        boolean deleted = version >= WITH_DELETION && in.flag();
        if (deleted) {
            members.remove(name);
        } else {
            members.put(name, new Member(uri, relative));
        }
    }

    /// Groups that were copied still name the place where they were written; members then lie beside each other as
    /// before.
    private String place(String name, Member member) {
        String own = member.relative() ? stripped(member.uri()) : lastPart(member.uri());
        String inside = StoredFolder.join(group, own);
        if (staysInside(own) && folder.isFolder(inside)) {
            return inside;
        }
        throw new Malformed("its member \"%s\" lies at %s, expected inside of the group".formatted(name, member.uri()));
    }

    /// A group that were a member of itself would have no end.
    private static boolean staysInside(String place) {
        return Stream.of(place.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static String lastPart(String uri) {
        String path = stripped(uri);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String stripped(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
