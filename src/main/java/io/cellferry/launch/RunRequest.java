package io.cellferry.launch;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;

/// A request as it arrives by command line, job file or (later) REST and schedule: one way in for all of them.
///
/// `profile` asks for a profile of the attempt; it is no part of what a run is.
public record RunRequest(ConversionJob job, JobRequest request, boolean replace, boolean profile) {
    public RunRequest(ConversionJob job, JobRequest request, boolean replace) {
        this(job, request, replace, false);
    }
}
