package io.cellferry.launch.http.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads the body of a request whole before anything looks at it, so that size and time are settled in one place,
/// whether its length was announced or not.
///
/// Owns the bytes until the request is answered: at most 1 MB each, 16 MB over all requests.
final class BodyFilter extends OncePerRequestFilter {

    static final int MOST_BYTES = 1 << 20;

    private static final int PIECE_BYTES = 64 << 10;
    // 256 pieces x 64 KiB = 16 MiB
    private static final int MOST_PIECES = 256;

    private final Duration patience;
    private final Semaphore pieces = new Semaphore(MOST_PIECES);

    BodyFilter(Duration patience) {
        this.patience = patience;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean none = request.getContentLengthLong() == 0
                || request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null;
        if (none) {
            chain.doFilter(request, response);
            return;
        }
        int held = 0;
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            Optional<Denial> denial =
                    request.getContentLengthLong() > MOST_BYTES ? Optional.of(tooLarge()) : Optional.empty();
            InputStream from = denial.isEmpty() ? request.getInputStream() : InputStream.nullInputStream();
            byte[] buffer = new byte[8192];
            long until = System.nanoTime() + patience.toNanos();
            for (int count = from.read(buffer); count >= 0 && denial.isEmpty(); count = from.read(buffer)) {
                if (body.size() + count > MOST_BYTES) {
                    denial = Optional.of(tooLarge());
                } else if (System.nanoTime() - until > 0) {
                    denial = Optional.of(tooSlow());
                } else if (body.size() + count > held * PIECE_BYTES && !pieces.tryAcquire()) {
                    denial = Optional.of(noRoom());
                } else {
                    held = Math.max(held, (body.size() + count + PIECE_BYTES - 1) / PIECE_BYTES);
                    body.write(buffer, 0, count);
                    continue;
                }
                break;
            }
            if (denial.isPresent()) {
                response.setHeader("Connection", "close");
                denial.get().write(request, response);
            } else {
                chain.doFilter(new ReadRequest(request, body.toByteArray()), response);
            }
        } finally {
            pieces.release(held);
        }
    }

    private static Denial tooLarge() {
        return Denial.tooLarge(
                HttpStatus.CONTENT_TOO_LARGE,
                "The body has more than %,d bytes.".formatted(MOST_BYTES),
                "Name files by their place in a folder of the service instead of sending them.");
    }

    private Denial tooSlow() {
        return Denial.now(
                HttpStatus.REQUEST_TIMEOUT,
                "request-refused",
                "The body took longer than %d s.".formatted(patience.toSeconds()),
                "Send it at once.");
    }

    private static Denial noRoom() {
        return Denial.now(
                HttpStatus.SERVICE_UNAVAILABLE,
                "no-room",
                "Too many large requests arrive at once.",
                "Ask again in a moment.");
    }
}
