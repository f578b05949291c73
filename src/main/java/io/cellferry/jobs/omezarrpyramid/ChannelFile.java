package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ChannelTable;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The table that `--channels` names.
final class ChannelFile {

    /// Thousands of channels; an image named by mistake is refused before it is read.
    private static final long MOST_BYTES = 1 << 20;

    private static final String REMEDY = "Name a CSV file in UTF-8 whose first row is label,name,colour or the like.";

    private ChannelFile() {}

    /// As it is: part of the identity of a run.
    static String text(JobRequest request) {
        return said(request).map(ChannelFile::read).orElse("");
    }

    static ChannelTable table(JobRequest request) {
        return said(request).map(file -> ChannelTable.parse(read(file), file)).orElse(ChannelTable.EMPTY);
    }

    /// The file, whether it is there or not. What is no path at all is refused when it is read.
    static Optional<Path> path(JobRequest request) {
        try {
            return said(request).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> said(JobRequest request) {
        return request.options().text("channels");
    }

    private static String read(String said) {
        try {
            Path file = Path.of(said);
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                throw new RequestRefused(
                        "--channels: %s has %,d bytes; a table of channels has at most %,d."
                                .formatted(file, Files.size(file), MOST_BYTES),
                        REMEDY);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (InvalidPathException | IOException e) {
            throw new RequestRefused(
                    "--channels: %s cannot be read as UTF-8 text: %s.".formatted(said, IoWords.of(e)), REMEDY, e);
        }
    }
}
