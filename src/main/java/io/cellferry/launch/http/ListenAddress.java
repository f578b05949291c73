package io.cellferry.launch.http;

/// Where a service listens; health and metrics have a port of their own on the loopback address. Port 0 leaves the
/// choice to the system.
public record ListenAddress(String host, int port, int managementPort) {

    public static final String LOOPBACK = "127.0.0.1";
    public static final int PORT = 8080;
    public static final int MANAGEMENT_PORT = 8081;
}
