package io.cellferry.launch.http.security;

import io.cellferry.failure.RequestRefused;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.util.NetMask;

/// What a service is told about its own protection. `hostNames` are the names under which it may be asked, beside the
/// addresses it listens on; `behindProxy` says that a proxy in front of it does the TLS; `proxies` are the addresses
/// and networks of such proxies, this machine where none are said; `requestsPerMinute` holds for each token.
public record Guarding(Set<String> hostNames, boolean behindProxy, Set<String> proxies, int requestsPerMinute) {

    /// Three status questions a second for each of three pages, and room to spare.
    public static final int REQUESTS_PER_MINUTE = 600;

    private static final Pattern NETWORK =
            Pattern.compile("([0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*)(/[0-9]{1,3})?");

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.0/8", "::1");

    public static final Guarding STANDARD = new Guarding(Set.of(), false, Set.of(), REQUESTS_PER_MINUTE);

    public Guarding {
        hostNames =
                hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String name : hostNames) {
            if (!name.matches("[a-z0-9._\\[\\]:-]+") || name.matches("[^\\[]*:[0-9]+")) {
                throw new RequestRefused(
                        "cellferry.serve.host-names says \"%s\".".formatted(name),
                        "Give names as cells.example.org, without scheme, port and path.");
            }
        }
        if (!behindProxy && !proxies.isEmpty()) {
            throw new RequestRefused(
                    "cellferry.serve.proxies names proxies, and behind-proxy does not say that there is one.",
                    "Say behind-proxy: true too, or leave proxies out.");
        }
        proxies.forEach(Guarding::network);
        proxies = proxies.isEmpty() ? THIS_MACHINE : Set.copyOf(proxies);
        if (requestsPerMinute < 1) {
            throw new RequestRefused(
                    "cellferry.serve.requests-per-minute must be at least 1, not %d.".formatted(requestsPerMinute),
                    "Correct application.yml; the default is %d.".formatted(REQUESTS_PER_MINUTE));
        }
    }

    private static NetMask network(String said) {
        try {
            if (!NETWORK.matcher(said).matches()) { // A name would be looked up.
                throw new IllegalArgumentException("it is not an address");
            }
            return new NetMask(said);
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(
                    "cellferry.serve.proxies says \"%s\".".formatted(said),
                    "Give addresses or networks, as 10.0.0.7 or 172.18.0.0/16.",
                    e);
        }
    }

    /// Whether connections from there are those of a proxy, which brings the requests of many.
    Predicate<InetAddress> proxy() {
        if (!behindProxy) {
            return address -> false;
        }
        List<NetMask> networks = proxies.stream().map(Guarding::network).toList();
        return address -> networks.stream().anyMatch(network -> network.matches(address));
    }
}
