package io.cellferry.launch.http;

import io.cellferry.failure.RequestRefused;

/// Where a service listens; health and metrics have a port of their own on the loopback address. Port 0 leaves the
/// choice to the system.
public record ListenAddress(String host, int port, int managementPort) {

    public static final String LOOPBACK = "127.0.0.1";
    public static final int PORT = 8080;
    public static final int MANAGEMENT_PORT = 8081;

    private static final int LAST_PORT = 65535;

    public ListenAddress {
        requirePort("--port", port);
        requirePort("--management-port", managementPort);
        if (port == managementPort && port != 0) {
            throw new RequestRefused(
                    "--port and --management-port are both %d; health and metrics need a port of their own."
                            .formatted(port),
                    "Give one of them another number, here or as `port` and `management-port` of `cellferry.serve` in"
                            + " application.yml.");
        }
    }

    private static void requirePort(String flag, int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new RequestRefused(
                    "%s must be from 0 to %d, not %d.".formatted(flag, LAST_PORT, port),
                    "Give it a number above 1023, as others need special rights; 0 takes any that is free.");
        }
    }
}
