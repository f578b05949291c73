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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/// So many streams of events at once for each token, and in all: a stream stays for hours, so a limit on requests does
/// not bound them, and each holds one of the service's connections.
final class StreamLimit implements AsyncHandlerInterceptor {

    static final int STREAMS = 64;

    /// A quarter of the connections. Each costs a thread without a stack of its own and the newest state of each live
    /// run, which all streams share.
    static final int STREAMS_IN_ALL = 256;

    private static final String HELD = StreamLimit.class.getName();
    private static final String REMEDY = "Close one and ask again; GET /api/v1/events tells of all runs in one stream.";
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
        Optional<String> full = take(name);
        if (full.isPresent()) {
            Denial.tooMany(full.get(), REMEDY, TRY_AGAIN).write(request, response);
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

    /// Why there is no room for another stream of that token; empty when it was taken.
    private synchronized Optional<String> take(String name) {
        int now = open.getOrDefault(name, 0);
        if (now >= STREAMS) {
            return Optional.of("Token %s has %d streams of events open.".formatted(name, now));
        }
        if (openStreams() >= STREAMS_IN_ALL) {
            return Optional.of("%d streams of events are open.".formatted(STREAMS_IN_ALL));
        }
        open.put(name, now + 1);
        return Optional.empty();
    }

    private synchronized void giveBack(HttpServletRequest request) {
        if (request.getAttribute(HELD) instanceof String name) {
            request.removeAttribute(HELD);
            open.computeIfPresent(name, (unused, now) -> now == 1 ? null : now - 1);
        }
    }

    private int openStreams() {
        return open.values().stream().mapToInt(Integer::intValue).sum();
    }
}
