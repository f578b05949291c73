package io.cellferry.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a path really leads, whether there is something at its end yet or not.
final class RealPath {

    private RealPath() {}

    /// With the links of everything that exists on the way followed; empty when something on the way cannot be looked
    /// at, or is a link that leads nowhere yet: whoever makes its target later would decide where it leads.
    static Optional<Path> of(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return Optional.of(
                        there.toRealPath().resolve(there.relativize(absolute)).normalize());
            } catch (NoSuchFileException e) {
                if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                // Not there yet: ask the folder above it.
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.of(absolute);
    }

    /// Where an output called so is made. Its own name is no link to follow: the output takes the place of the link.
    static Path ofOutput(Path output) {
        return Optional.ofNullable(output.getParent())
                .flatMap(RealPath::of)
                .map(folder -> folder.resolve(output.getFileName()))
                .orElse(output);
    }
}
