package io.cellferry.launch.jobfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a file in `jobs/` says: which job, from where, to where, with which options. Both paths are absolute; in the
/// file they are relative to the file itself.
public record JobFile(Path file, String job, Path input, Path output, Map<String, List<String>> options) {}
