package io.cellferry.launch.schedule;

import java.time.Instant;

/// What came of a planned time or of a file that arrived.
///
/// `occasion` is the planned time (ISO-8601) or the name of the file; `state` one of the words below; `runId` and
/// `note` are empty where there is nothing to say; `host` is where the service ran that took it.
public record LedgerEntry(String occasion, Instant at, String state, String runId, String note, String host) {

    /// A service is about to launch it, or died on the way.
    public static final String CLAIMED = "claimed";
    /// The run is accepted, and will end however it ends.
    public static final String ACCEPTED = "accepted";
    /// The output is there and made from the input as it is.
    public static final String UNCHANGED = "unchanged";
    /// Left out on purpose: an earlier run was still at work, or the time was missed and the file says to skip it.
    public static final String SKIPPED = "skipped";

    public static final String REFUSED = "refused";
}
