package io.cellferry.storage;

import java.nio.file.Path;
import java.util.Optional;

/// What a run is to make, and from what.
///
/// `runId` stands for the whole request (job, input, output, options that change bytes, tool version); `request` is
/// that request as canonical JSON, stored so that `resume` can start it again. `workDir` is an existing folder for
/// scratch files; without it they lie beside the output. `singleFile` says that the output is one file of that name
/// instead of a folder. `replace` allows to take the place of an output, or of another request's unfinished run for
/// it.
public record RunTarget(
        String runId,
        Path output,
        boolean singleFile,
        Optional<Path> workDir,
        boolean replace,
        String request,
        InputFingerprint input,
        String toolVersion) {

    public RunTarget {
        RunPlaces.requireRunId(runId);
    }

    /// A run that makes a folder, with scratch files beside it, and refuses to replace anything.
    public static RunTarget folder(
            String runId, Path output, String request, InputFingerprint input, String toolVersion) {
        return new RunTarget(runId, output, false, Optional.empty(), false, request, input, toolVersion);
    }

    /// The same for one file.
    public static RunTarget file(
            String runId, Path output, String request, InputFingerprint input, String toolVersion) {
        return new RunTarget(runId, output, true, Optional.empty(), false, request, input, toolVersion);
    }

    public RunTarget withWorkDir(Path folder) {
        return new RunTarget(runId, output, singleFile, Optional.of(folder), replace, request, input, toolVersion);
    }

    public RunTarget replacing() {
        return new RunTarget(runId, output, singleFile, workDir, true, request, input, toolVersion);
    }
}
