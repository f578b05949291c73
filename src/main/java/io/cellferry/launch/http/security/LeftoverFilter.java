package io.cellferry.launch.http.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes what is left of a refused body, for a moment: a client that still sends would lose the answer if the
/// connection closed under it. The server itself swallows nothing, because it would do so without a time limit.
final class LeftoverFilter extends OncePerRequestFilter {

    private static final int MOST_BYTES = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        // Who asks before sending has not sent anything; who is answered already needs nothing.
        if (!hasBody || request.getHeader("Expect") != null || request.isAsyncStarted() || response.getStatus() < 400) {
            return;
        }
        response.flushBuffer();
        long until = System.nanoTime() + PATIENCE.toNanos();
        long taken = 0;
        try {
            InputStream left = request.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = left.read(buffer); count >= 0; count = left.read(buffer)) {
                taken += count;
                if (taken > MOST_BYTES || System.nanoTime() - until > 0) {
                    return;
                }
            }
        } catch (IOException | IllegalStateException gone) {
            // The client went away, or the framework read the body as text: nothing is left to take.
        }
    }
}
