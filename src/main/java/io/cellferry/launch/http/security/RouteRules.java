package io.cellferry.launch.http.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.ParameterizableViewController;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/// The one place that decides whether a request may reach what answers it, asked with the very handler that was chosen:
/// no second reading of the address can disagree with the first.
final class RouteRules implements HandlerInterceptor {

    /// Who may use a route.
    sealed interface Rule {
        record Anybody() implements Rule {}

        record Holders(Role role) implements Rule {}
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // The second half of a request that was let through, or the page that says why it was not.
        if (request.getDispatcherType() == DispatcherType.ASYNC
                || request.getDispatcherType() == DispatcherType.ERROR) {
            return true;
        }
        Optional<Denial> denial = denial(request, handler);
        if (denial.isPresent()) {
            denial.get().write(request, response);
        }
        return denial.isEmpty();
    }

    private static Optional<Denial> denial(HttpServletRequest request, Object handler) {
        Optional<Rule> rule = rule(handler);
        if (rule.isEmpty()) {
            return Optional.of(Denial.notFound());
        }
        return switch (rule.get()) {
            case Rule.Anybody anybody -> Visit.isApi(request) ? Optional.of(Denial.notFound()) : Optional.empty();
            case Rule.Holders holders ->
                SecurityContextHolder.getContext().getAuthentication() instanceof TokenHolder holder
                        ? enough(holder, holders.role())
                        : Optional.of(SecurityConfiguration.unauthenticated(request));
        };
    }

    private static Optional<Denial> enough(TokenHolder holder, Role needed) {
        return holder.role().mayActAs(needed)
                ? Optional.empty()
                : Optional.of(Denial.forbidden(
                        "This needs the role %s; the token has the role %s."
                                .formatted(needed.word(), holder.role().word()),
                        "Use another token; `cellferry token add NAME --role %s` makes one.".formatted(needed.word())));
    }

    /// Empty when nobody said: then nobody may.
    static Optional<Rule> rule(Object handler) {
        if (handler instanceof HandlerMethod method) {
            Optional<Needs> needs = Optional.ofNullable(method.getMethodAnnotation(Needs.class));
            boolean open = method.getMethodAnnotation(Open.class) != null;
            return needs.isPresent() || open ? said(needs, open) : ofClass(method.getBeanType());
        }
        // Files of the dashboard and the redirect to them hold no data; what is mapped to them is ours.
        boolean isStatic =
                handler instanceof ResourceHttpRequestHandler || handler instanceof ParameterizableViewController;
        return isStatic ? Optional.of(new Rule.Anybody()) : ofClass(handler.getClass());
    }

    private static Optional<Rule> ofClass(Class<?> type) {
        Class<?> plain = ClassUtils.getUserClass(type);
        return said(Optional.ofNullable(on(plain, Needs.class)), on(plain, Open.class) != null);
    }

    private static <A extends Annotation> @org.jspecify.annotations.Nullable A on(Class<?> type, Class<A> annotation) {
        return AnnotatedElementUtils.findMergedAnnotation(type, annotation);
    }

    private static Optional<Rule> said(Optional<Needs> needs, boolean open) {
        if (needs.isPresent() && open) {
            return Optional.empty(); // Two rules are none.
        }
        return needs.<Rule>map(role -> new Rule.Holders(role.value()))
                .or(() -> open ? Optional.of(new Rule.Anybody()) : Optional.empty());
    }
}
