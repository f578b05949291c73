package io.cellferry.launch.http;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.http.security.Guarding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/// Tokens never cross a network in the clear: beyond this machine, the service listens only with TLS or behind a proxy
/// that does it.
final class TransportRule {

    private static final List<String> CERTIFICATES =
            List.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store");

    private TransportRule() {}

    static void check(ListenAddress address, Guarding guarding, Environment environment) {
        if (!isEncrypted(environment) && !guarding.behindProxy() && !isLoopback(address.host())) {
            throw new RequestRefused(
                    "The service would listen on %s, where others could read its tokens on their way."
                            .formatted(address.host()),
                    "Set server.ssl.certificate and server.ssl.certificate-private-key (or server.ssl.key-store) in"
                            + " application.yml; or cellferry.serve.behind-proxy: true if a proxy in front of it does"
                            + " TLS; or listen on 127.0.0.1.");
        }
    }

    /// Whether the service itself does TLS.
    static boolean isEncrypted(Environment environment) {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && CERTIFICATES.stream().anyMatch(environment::containsProperty);
    }

    private static boolean isLoopback(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new RequestRefused(
                    "There is no address %s.".formatted(host), "Give --address an address of this machine.", e);
        }
    }
}
