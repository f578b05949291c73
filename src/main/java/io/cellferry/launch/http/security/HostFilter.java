package io.cellferry.launch.http.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Only requests that are meant for this service: the Host header names it, and API requests come from its own pages or
/// from programs.
///
/// A foreign page can make a browser call a name of its own that suddenly points here (DNS rebinding); the browser then
/// sends that name as Host. The raw header is looked at, because such a page may also send `X-Forwarded-Host`.
final class HostFilter extends OncePerRequestFilter {

    private static final int LONGEST_ADDRESS = 4096;

    private final Set<String> names;
    private final boolean behindProxy;

    HostFilter(Set<String> names, boolean behindProxy) {
        this.names = names;
        this.behindProxy = behindProxy;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        if (hosts.size() != 1 || !names.contains(name(hosts.getFirst()))) {
            Denial.forbidden(
                            "This service is not known under the name in the Host header.",
                            "Ask for it under an address it listens on, or add the name to cellferry.serve.host-names.")
                    .write(request, response);
        } else if (length(request) > LONGEST_ADDRESS) {
            Denial.tooLarge(
                            HttpStatus.URI_TOO_LONG,
                            "The address has more than %,d characters.".formatted(LONGEST_ADDRESS),
                            "Send less in the query.")
                    .write(request, response);
        } else if (Visit.isApi(request) && isForeign(request, hosts.getFirst())) {
            Denial.forbidden(
                            "The request comes from a page of another origin.",
                            "Use the service's own pages, or a program that sends no Origin header.")
                    .write(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static int length(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI().length() + (query == null ? 0 : query.length());
    }

    private boolean isForeign(HttpServletRequest request, String host) {
        String site = request.getHeader("Sec-Fetch-Site");
        if ("cross-site".equals(site) || "same-site".equals(site)) {
            return true;
        }
        for (String origin : Collections.list(request.getHeaders("Origin"))) {
            String authority = authority(origin);
            // Behind a proxy the Host header may name this machine while the page has the public name.
            boolean ours = authority != null
                    && (authority.equalsIgnoreCase(host) || behindProxy && names.contains(name(authority)));
            if (!ours) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Without the port.
    static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        return colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    }
}
