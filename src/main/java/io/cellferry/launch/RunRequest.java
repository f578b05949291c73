package io.cellferry.launch;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;

/// A request as it arrives by command line, job file or (later) REST and schedule: one way in for all of them.
public record RunRequest(ConversionJob job, JobRequest request, boolean replace) {}
