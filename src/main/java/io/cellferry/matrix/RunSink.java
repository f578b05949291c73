package io.cellferry.matrix;

/// Takes the bytes of one run, front to back. The bytes are lent for the time of one call.
///
/// What goes wrong while writing is thrown by the sink in its own words; the run is then worthless.
@FunctionalInterface
public interface RunSink {

    void write(byte[] bytes, int from, int count);
}
