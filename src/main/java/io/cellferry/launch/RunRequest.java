package io.cellferry.launch;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import java.nio.file.Path;
import java.util.Optional;

/// A request as it arrives by command line, job file, REST or schedule: one way in for all of them.
///
/// `profile` asks for a profile of the attempt; it is no part of what a run is.
public record RunRequest(ConversionJob job, JobRequest request, boolean replace, boolean profile) {
    public RunRequest(ConversionJob job, JobRequest request, boolean replace) {
        this(job, request, replace, false);
    }

    /// Refuses what is wrong whatever the input holds.
    public void check() {
        job.check(request);
        requireApart();
    }

    /// The same, and scratch files inside of the input, which most jobs would take for a change of it: the run would
    /// work to its end and find only then that nothing may be published.
    void check(MachineRoom room) {
        check();
        Path input = RealPath.of(request.input()).orElse(request.input());
        Optional<Path> inside = room.workDir()
                .filter(folder -> RealPath.of(folder).orElse(folder).startsWith(input));
        if (inside.isPresent()) {
            throw new RequestRefused(
                    "%s: expected a place for scratch files outside of the input, found one inside of %s."
                            .formatted(inside.get(), request.input()),
                    "Choose another --work-dir.");
        }
    }

    /// An output that takes the place of its input, or of a folder around it, would end by deleting it.
    private void requireApart() {
        Path input = RealPath.of(request.input()).orElse(request.input());
        Path output = RealPath.ofOutput(request.output());
        String found;
        if (input.equals(output)) {
            found = "the input itself";
        } else if (input.startsWith(output)) {
            found = "a folder that holds the input " + input;
        } else if (output.startsWith(input)) {
            found = "one inside of the input, which would change it while it is read";
        } else {
            return;
        }
        throw new RequestRefused(
                "%s: expected a place for the output beside the input, found %s.".formatted(request.output(), found),
                "Choose another output.");
    }
}
