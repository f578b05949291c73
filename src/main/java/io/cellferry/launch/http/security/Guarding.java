package io.cellferry.launch.http.security;

import io.cellferry.failure.RequestRefused;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a service is told about its own protection. `hostNames` are the names under which it may be asked, beside the
/// addresses it listens on; `behindProxy` says that a proxy in front of it does the TLS; `requestsPerMinute` holds for
/// each token.
public record Guarding(Set<String> hostNames, boolean behindProxy, int requestsPerMinute) {

    /// Three status questions a second for each of three pages, and room to spare.
    public static final int REQUESTS_PER_MINUTE = 600;

    public static final Guarding STANDARD = new Guarding(Set.of(), false, REQUESTS_PER_MINUTE);

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
        if (requestsPerMinute < 1) {
            throw new RequestRefused(
                    "cellferry.serve.requests-per-minute must be at least 1, not %d.".formatted(requestsPerMinute),
                    "Correct application.yml; the default is %d.".formatted(REQUESTS_PER_MINUTE));
        }
    }
}
