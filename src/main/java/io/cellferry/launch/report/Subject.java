package io.cellferry.launch.report;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.storage.InputFingerprint;
import java.nio.file.Path;

/// The run that a report is about. `input` is what it looked like when this attempt began.
public record Subject(
        ConversionJob job,
        JobRequest request,
        String runId,
        String toolVersion,
        MachineRoom room,
        InputFingerprint input,
        Path log) {

    /// The output's name without its folders.
    String name() {
        Path name = request.output().getFileName();
        return name == null ? request.output().toString() : name.toString();
    }
}
