package io.cellferry.launch;

/// A run and how it stands now. `finishedUnits` is -1 when nothing of it is left to count.
public record RunState(RunRecord record, String state, long finishedUnits) {

    public static final String RUNNING = RunRecord.RUNNING;
    /// A service has accepted it and has not begun.
    public static final String WAITING = RunRecord.WAITING;
    public static final String DONE = "done";
    /// Its work is there and nobody is on it.
    public static final String INTERRUPTED = "interrupted";
    public static final String STOPPED = "stopped";
    public static final String FAILED = "failed";
    /// It could never begin; the record says why.
    public static final String REFUSED = RunRecord.REFUSED;
    /// Neither output nor work is there any more.
    public static final String GONE = "gone";
}
