package io.cellferry.launch.http.security;

import io.cellferry.launch.FailureCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/// A request that is not let through, as problem details (RFC 9457) with `code` and `remedy`. What the request said is
/// never repeated in it.
record Denial(HttpStatus status, String code, String detail, String remedy, Duration retryAfter) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String HOW_TO_GET_IN =
            "Send `Authorization: Bearer TOKEN`; `cellferry token add` on the service's machine makes one.";

    static Denial unauthenticated(String detail) {
        return now(HttpStatus.UNAUTHORIZED, "unauthenticated", detail, HOW_TO_GET_IN);
    }

    static Denial forbidden(String detail, String remedy) {
        return now(HttpStatus.FORBIDDEN, "forbidden", detail, remedy);
    }

    static Denial notFound() {
        return now(
                HttpStatus.NOT_FOUND,
                "not-found",
                "There is nothing at this address.",
                "GET /api/v1/openapi.json describes every address.");
    }

    static Denial tooLarge(HttpStatus status, String detail, String remedy) {
        return now(status, "too-large", detail, remedy);
    }

    static Denial tooMany(String detail, Duration retryAfter) {
        return tooMany(
                detail, "Ask again after %d s.".formatted(whole(retryAfter).toSeconds()), retryAfter);
    }

    static Denial tooMany(String detail, String remedy, Duration retryAfter) {
        return new Denial(HttpStatus.TOO_MANY_REQUESTS, "too-many", detail, remedy, whole(retryAfter));
    }

    /// A second more than needed does not hurt; one less is refused again.
    private static Duration whole(Duration wait) {
        return Duration.ofSeconds(wait.toSeconds() + 1);
    }

    static Denial tokensUnreadable() {
        return now(
                HttpStatus.SERVICE_UNAVAILABLE,
                "tokens-unreadable",
                "The service cannot read its tokens, so it lets nobody in.",
                "`cellferry token list` on the service's machine says what is wrong with them.");
    }

    static Denial malformed() {
        return now(
                HttpStatus.BAD_REQUEST,
                "request-refused",
                "The method, the address or the headers of the request are malformed.",
                "Write the address without \"..\", \"//\", \";\", encoded separators and control characters.");
    }

    /// What a status alone tells, for failures that nothing else explained.
    static Denial of(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> notFound();
            case BAD_REQUEST -> malformed();
            case UNAUTHORIZED -> unauthenticated("This needs a token.");
            case NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED ->
                now(
                        status,
                        "request-refused",
                        status.getReasonPhrase() + ".",
                        "Speak HTTP/1.1, with bodies as they are.");
            default ->
                status.is5xxServerError()
                        ? now(
                                status,
                                FailureCode.DEFECT,
                                "The service failed to answer; its log says why.",
                                "Report it with the service's log.")
                        : now(
                                status,
                                "request-refused",
                                status.getReasonPhrase() + ".",
                                "GET /api/v1/openapi.json describes every address.");
        };
    }

    static Denial now(HttpStatus status, String code, String detail, String remedy) {
        return new Denial(status, code, detail, remedy, Duration.ZERO);
    }

    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status.value());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpStatus.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"cellferry\"");
        }
        if (retryAfter.isPositive()) {
            response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", detail);
        problem.put("code", code);
        problem.put("remedy", remedy);
        byte[] body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
    }
}
