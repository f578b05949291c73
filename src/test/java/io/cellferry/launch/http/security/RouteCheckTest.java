package io.cellferry.launch.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// A route that nobody made a rule for keeps the service from starting.
class RouteCheckTest {

    @RestController
    static final class Unruled {
        @GetMapping("/page")
        String page() {
            return "";
        }
    }

    @RestController
    @Needs(Role.VIEWER)
    static final class TwoRules {
        @Open
        @Needs(Role.ADMIN)
        @GetMapping("/page")
        String page() {
            return "";
        }
    }

    @RestController
    static final class OpenBelowApi {
        @Open
        @GetMapping("/api/v1/page")
        String page() {
            return "";
        }
    }

    @RestController
    @Needs(Role.RUNNER)
    static final class Ruled {
        @GetMapping("/api/v1/page")
        String page() {
            return "";
        }
    }

    @Open
    static final class OpenMapping {}

    @ParameterizedTest
    @ValueSource(classes = {Unruled.class, TwoRules.class, OpenBelowApi.class})
    void aRouteNeedsExactlyOneRule(Class<?> controller) {
        assertThatThrownBy(() -> start(controller))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/page");
    }

    @Test
    void aRuledRouteStarts() {
        start(Ruled.class);

        assertThat(RouteRules.rule(new Ruled())).contains(new RouteRules.Rule.Holders(Role.RUNNER));
        assertThat(RouteRules.rule(new OpenMapping())).contains(new RouteRules.Rule.Anybody());
    }

    @Test
    void aMappingThatAsksNobodySaysSo() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(HandlerMapping.class, () -> request -> null);
            context.refresh();

            assertThatThrownBy(() ->
                            new RouteCheck(context.getBeanProvider(HandlerMapping.class)).afterSingletonsInstantiated())
                    .hasMessageContaining("without @Open");
        }
    }

    private static void start(Class<?> controller) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(controller);
            context.registerBean(RequestMappingHandlerMapping.class);
            context.refresh();
            new RouteCheck(context.getBeanProvider(HandlerMapping.class)).afterSingletonsInstantiated();
        }
    }
}
