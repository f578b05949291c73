package io.cellferry.cellucid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes repeated names different: the first stays, later ones get `-1`, `-2` … and never a name that exists.
final class GeneSuffixes {

    private GeneSuffixes() {}

    static List<String> made(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        Set<String> met = HashSet.newHashSet(names.size());
        Map<String, Integer> lastSuffix = new HashMap<>();
        List<String> unique = new ArrayList<>(names.size());
        for (String name : names) {
            if (name.isEmpty() || met.add(name)) {
                unique.add(name);
                continue;
            }
            int suffix = lastSuffix.getOrDefault(name, 0) + 1;
            while (!taken.add(name + "-" + suffix)) {
                suffix++;
            }
            lastSuffix.put(name, suffix);
            unique.add(name + "-" + suffix);
        }
        return unique;
    }
}
