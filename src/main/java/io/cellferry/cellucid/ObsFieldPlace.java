package io.cellferry.cellucid;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where one obs field stands in the export: its position among all fields, and what names its files.
public record ObsFieldPlace(int position, String name, String stem) {

    /// The longest file name most file systems take.
    static final int MOST_NAME_BYTES = 255;

    /// The longest ending of a payload of a field or gene.
    static final int LONGEST_ENDING = ".outliers.f32.gz".length();

    /// Gives every field of `names` its place, in their order; refuses names that cannot be shown or told apart.
    public static List<ObsFieldPlace> of(Contract contract, List<String> names) {
        Set<String> seen = new HashSet<>();
        Map<String, String> byStem = new HashMap<>();
        List<ObsFieldPlace> places = new ArrayList<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new RequestRefused(
                        "--obs-keys: the field \"%s\" is named twice.".formatted(name), "Name every field once.");
            }
            if (contract == Contract.V0_9_1) {
                DisplayText.objection(name).ifPresent(objection -> {
                    throw new InputRefused(
                            "obs: the name of the field \"%s\" %s.".formatted(name, objection),
                            "Rename the column, or leave it out with --obs-keys.");
                });
            }
            String stem = ExportPaths.stem(contract, places.size(), name);
            requireOwnFile("obs field", name, stem, byStem, "--obs-keys");
            places.add(new ObsFieldPlace(places.size(), name, stem));
        }
        return places;
    }

    /// Refuses a stem that another name already has or that is too long for a file name.
    static void requireOwnFile(String what, String name, String stem, Map<String, String> byStem, String option) {
        String other = byStem.putIfAbsent(stem, name);
        if (other != null) {
            throw new InputRefused(
                    "The %ss \"%s\" and \"%s\" would share the file name \"%s\" in contract 0.9.0."
                            .formatted(what, other, name, stem),
                    "Use --contract 0.9.1, which names files by position, or leave one of the two out with %s."
                            .formatted(option));
        }
        int bytes = stem.getBytes(StandardCharsets.UTF_8).length + LONGEST_ENDING;
        if (bytes > MOST_NAME_BYTES) {
            throw new InputRefused(
                    "The name of the %s \"%s\" makes a file name of %,d bytes; most file systems take %d."
                            .formatted(what, name, bytes, MOST_NAME_BYTES),
                    "Use --contract 0.9.1, which names files by position, or leave it out with %s.".formatted(option));
        }
    }
}
