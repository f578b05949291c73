package io.cellferry.jobs;

import java.nio.file.Path;

/// What a person asked for: which job, from where, to where, with which options. Both paths are absolute and
/// normalised.
public record JobRequest(String job, Path input, Path output, OptionValues options) {
    public JobRequest {
        if (!input.isAbsolute() || !output.isAbsolute()) {
            throw new IllegalArgumentException("request paths must be absolute: %s, %s".formatted(input, output));
        }
    }
}
