package io.cellferry.launch.http.dashboard;

import java.util.Map;

/// What a browser may do with the dashboard: run and show our own files, talk to this service, and nothing else.
///
/// With trusted types, text that comes from the API cannot become HTML by mistake: a browser that knows them throws.
/// The one exception is called `report`, for the reports of runs, which are shown in a frame without scripts.
final class PagePolicy {

    private static final String CONTENT = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types report");

    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", CONTENT,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer");

    private PagePolicy() {}
}
