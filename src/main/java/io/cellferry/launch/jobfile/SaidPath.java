package io.cellferry.launch.jobfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A path as people write it, made absolute.
///
/// `..` goes up from where a link leads, as it does for every other program. By names alone, `link/../a.h5ad` would be
/// the file beside the link, which may be there as well.
public final class SaidPath {

    private SaidPath() {}

    /// `said` relative to `folder`, without `.` and `..`. Links are left as they are where nothing goes up from them.
    public static Path in(Path folder, Path said) {
        Path whole = folder.resolve(said).toAbsolutePath();
        Path at = whole.resolve("/");
        for (Path name : whole) {
            at = switch (name.toString()) {
                case "", "." -> at;
                case ".." -> above(at);
                default -> at.resolve(name);
            };
        }
        return at;
    }

    private static Path above(Path folder) {
        return Optional.ofNullable(real(folder).getParent()).orElse(folder);
    }

    /// What is not there leads nowhere else.
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }
}
