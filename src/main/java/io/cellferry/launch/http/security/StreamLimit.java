package io.cellferry.launch.http.security;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/// So many streams of events at once for each token: a stream stays for hours, so a limit on requests does not bound
/// them.
final class StreamLimit implements AsyncHandlerInterceptor {

    static final int STREAMS = 64;

    private static final String HELD = StreamLimit.class.getName();
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /// Only names of tokens that hold a stream now.
    private final Map<String, Integer> open = new HashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        boolean streams = handler instanceof HandlerMethod method
                && ResponseBodyEmitter.class.isAssignableFrom(method.getMethod().getReturnType());
        if (!streams || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        String name = Visit.of(request).token().map(AccessToken::name).orElse("");
        if (!take(name)) {
            Denial.tooMany("Token %s has %d streams open.".formatted(name, STREAMS), TRY_AGAIN)
                    .write(request, response);
            return false;
        }
        request.setAttribute(HELD, name);
        return true;
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HELD) == null) {
            return;
        }
        request.getAsyncContext().addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                giveBack(request);
            }

            @Override
            public void onError(AsyncEvent event) {
                giveBack(request);
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                giveBack(request);
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                // The same stream goes on.
            }
        });
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception thrown) {
        giveBack(request);
    }

    private synchronized boolean take(String name) {
        int now = open.getOrDefault(name, 0);
        if (now >= STREAMS) {
            return false;
        }
        open.put(name, now + 1);
        return true;
    }

    private synchronized void giveBack(HttpServletRequest request) {
        if (request.getAttribute(HELD) instanceof String name) {
            request.removeAttribute(HELD);
            open.computeIfPresent(name, (unused, now) -> now == 1 ? null : now - 1);
        }
    }

    synchronized int openStreams() {
        return open.values().stream().mapToInt(Integer::intValue).sum();
    }
}
