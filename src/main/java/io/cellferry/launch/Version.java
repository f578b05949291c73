package io.cellferry.launch;

/// The version of this tool. Part of every run's identity: another version may write other bytes.
public final class Version {

    public static final String TEXT = "0.6.0";

    private Version() {}
}
