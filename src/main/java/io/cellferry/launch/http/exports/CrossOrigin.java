package io.cellferry.launch.http.exports;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which pages may read an answer in a browser. No answer depends on who asks: there are no cookies and no tokens.
enum CrossOrigin {

    /// Cellucid data: pages of this machine and of cellucid.com, each told by its own name.
    CELLUCID,

    /// Everything else: images and stores have viewers at many addresses.
    ANYBODY;

    private static final Pattern CELLUCID_PAGES = Pattern.compile(
            "https?://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?|https://([a-z0-9-]+\\.)+cellucid\\.com");

    /// Methods a browser may announce. The app demands POST among them, for optional messages that are not taken here.
    private static final String METHODS = "GET, HEAD, POST, OPTIONS";

    void answer(HttpServletRequest request, HttpServletResponse response) {
        switch (this) {
            case ANYBODY -> allow("*", response);
            case CELLUCID -> {
                response.addHeader("Vary", "Origin");
                @Nullable String origin = request.getHeader("Origin");
                if (origin != null && CELLUCID_PAGES.matcher(origin).matches()) {
                    allow(origin, response);
                }
            }
        }
    }

    private static void allow(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", "Content-Type, Range");
        response.setHeader("Access-Control-Expose-Headers", "Content-Length, Content-Range");
    }
}
