package io.cellferry.celldive;

import java.util.List;
import java.util.Locale;

/// What to do with two files of one channel of which one had its autofluorescence removed. Its name says so: `AFR` is
/// a word behind FINAL.
public enum Twins {
    /// Say so and convert neither: they are two different pictures.
    REFUSE,
    /// Take the one that had it removed.
    AFR,
    /// Take the one as it was scanned.
    RAW;

    public static Twins of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Those of `files`, all of one channel, that are meant; all of them where the choice decides nothing.
    List<ScanName> chosen(List<ScanName> files) {
        if (this == REFUSE) {
            return files;
        }
        List<ScanName> chosen = files.stream()
                .filter(file -> file.isCorrected() == (this == AFR))
                .toList();
        return chosen.isEmpty() ? files : chosen;
    }
}
