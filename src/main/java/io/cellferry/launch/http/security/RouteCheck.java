package io.cellferry.launch.http.security;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Keeps the service from starting with a route that nobody made a rule for, or with an open one below `/api`.
///
/// A mapping that is none of the framework's own never asks [RouteRules]; whoever writes one says with [Open] on its
/// class that all it leads to is for anybody.
final class RouteCheck implements SmartInitializingSingleton {

    private final ObjectProvider<HandlerMapping> mappings;

    RouteCheck(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> foreign = mappings.stream()
                .filter(mapping -> !(mapping instanceof AbstractHandlerMapping))
                .filter(mapping -> !mapping.getClass().isAnnotationPresent(Open.class))
                .map(mapping -> mapping.getClass().getName())
                .toList();
        if (!foreign.isEmpty()) {
            throw new IllegalStateException("mappings of our own without @Open: " + String.join(", ", foreign));
        }
        List<String> wrong = mappings.stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .map(RequestMappingHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(route -> !isRuled(route.getKey(), route.getValue()))
                .map(route -> "%s %s".formatted(route.getKey(), route.getValue()))
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "routes without exactly one of @Needs and @Open, or open below /api: " + String.join("; ", wrong));
        }
    }

    private static boolean isRuled(RequestMappingInfo info, Object handler) {
        boolean isApi = info.getPatternValues().stream().anyMatch(path -> path.startsWith("/api"));
        return RouteRules.rule(handler)
                .filter(rule -> !(isApi && rule instanceof RouteRules.Rule.Anybody))
                .isPresent();
    }
}
