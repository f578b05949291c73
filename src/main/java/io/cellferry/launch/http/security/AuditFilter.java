package io.cellferry.launch.http.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Writes down each request that changes something, or is refused for what it is.
final class AuditFilter extends OncePerRequestFilter {

    private static final Pattern RUN = Pattern.compile("/api/v1/runs/([0-9A-Za-z-]{1,80})");

    private final AuditLog log;

    AuditFilter(AuditLog log) {
        this.log = log;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            int status = answered ? response.getStatus() : 500;
            if (Visit.changes(request) && Visit.of(request).token().isPresent()) {
                log.write(entry(request, status, run(request, response)));
            } else if (Visit.changes(request) || refused(status)) {
                log.refused(entry(request, status, run(request, response)));
            }
        }
    }

    private static boolean refused(int status) {
        return switch (status) {
            case 401, 403, 408, 413, 414, 429 -> true;
            default -> false;
        };
    }

    static AuditLog.Entry entry(HttpServletRequest request, int status, String run) {
        Optional<AccessToken> token = Visit.of(request).token();
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return new AuditLog.Entry(
                token.map(AccessToken::name).orElse(""),
                token.map(one -> one.role().word()).orElse(""),
                request.getRemoteAddr(),
                request.getMethod(),
                pattern == null ? request.getRequestURI() : pattern.toString(),
                status,
                run);
    }

    /// The run that was made is in the answer's Location, one that was meant in the address.
    private static String run(HttpServletRequest request, HttpServletResponse response) {
        String location = response.getHeader("Location");
        if (location != null) {
            Matcher made = RUN.matcher(location);
            if (made.find()) {
                return made.group(1);
            }
        }
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> said
                        && said.get("id") instanceof String id
                ? id
                : "";
    }
}
