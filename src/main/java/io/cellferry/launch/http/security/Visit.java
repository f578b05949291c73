package io.cellferry.launch.http.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request on its way: by whose token, once that is known. Stays with the request when the security context is
/// gone.
final class Visit {

    private static final String KEY = Visit.class.getName();

    private @Nullable AccessToken token;

    static Visit of(HttpServletRequest request) {
        if (request.getAttribute(KEY) instanceof Visit visit) {
            return visit;
        }
        Visit visit = new Visit();
        request.setAttribute(KEY, visit);
        return visit;
    }

    void by(AccessToken token) {
        this.token = token;
    }

    Optional<AccessToken> token() {
        return Optional.ofNullable(token);
    }

    static boolean isApi(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/api") || path.startsWith("/api/");
    }

    static boolean changes(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }
}
