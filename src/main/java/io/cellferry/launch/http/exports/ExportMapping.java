package io.cellferry.launch.http.exports;

import io.cellferry.launch.http.security.Open;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/// Leads requests for published outputs to their handler: after the controllers, before the static pages.
///
/// Not one of the framework's own mappings, because those answer preflights themselves.
@Open
final class ExportMapping implements HandlerMapping, Ordered {

    private static final int AFTER_CONTROLLERS = 1;

    private final PublishedRequests requests;
    private final ExportHandler handler;

    ExportMapping(PublishedRequests requests, ExportHandler handler) {
        this.requests = requests;
        this.handler = handler;
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
        return requests.covers(request) ? new HandlerExecutionChain(handler) : null;
    }

    @Override
    public int getOrder() {
        return AFTER_CONTROLLERS;
    }
}
