package io.cellferry.launch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cellferry.launch.http.security.Guarding;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.http.security.TokenStore;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/// Every route that the code has, asked by everybody there is. The table comes from the running service, so a new route
/// is in it on the day it is written.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableTest {

    private final Map<String, Optional<String>> visitors = new LinkedHashMap<>();
    private RunningService service;

    private record Route(String method, String path, Optional<Role> needs) {}

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        service = RunningService.in(empty, new Guarding(Set.of(), false, Set.of(), 100_000));
        StateFolder state = StateFolder.open(new RealDisk(), service.folder().resolve("state"));
        TokenStore tokens = new TokenStore(state, Clock.systemUTC());
        TokenStore earlier = new TokenStore(state, Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)));
        visitors.put("nobody", Optional.empty());
        visitors.put("wrong", Optional.of(TokenStore.PREFIX + "A".repeat(43)));
        visitors.put("expired", Optional.of(earlier.add("expired", Role.ADMIN, Duration.ofHours(1))));
        visitors.put("revoked", Optional.of(tokens.add("revoked", Role.ADMIN, Duration.ofHours(1))));
        tokens.revoke("revoked");
        for (Role role : Role.values()) {
            visitors.put(role.word(), Optional.of(tokens.add("the-" + role.word(), role, Duration.ofHours(1))));
        }
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRouteLetsInWhomItsRuleNames() {
        return table().stream().flatMap(route -> visitors.entrySet().stream()
                .map(visitor -> dynamicTest(
                        "%s %s by %s".formatted(route.method(), route.path(), visitor.getKey()),
                        () -> ask(route, visitor.getKey(), visitor.getValue()))));
    }

    private void ask(Route route, String who, Optional<String> token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address(route.path()))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        route.method(),
                        route.method().equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        HttpResponse<InputStream> answer =
                service.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        boolean known = List.of("viewer", "runner", "admin").contains(who);
        try (InputStream body = answer.body()) {
            if (route.needs().isEmpty()) {
                assertThat(answer.statusCode()).isNotIn(401, 403);
            } else if (!known) {
                // Ten wrong tokens a minute are told so; the rest are told to wait.
                assertThat(answer.statusCode()).isIn(who.equals("nobody") ? List.of(401) : List.of(401, 429));
                assertProblem(answer, body);
            } else if (Role.of(who).compareTo(route.needs().get()) < 0) {
                assertThat(answer.statusCode()).isEqualTo(403);
                assertProblem(answer, body);
            } else {
                assertThat(answer.statusCode()).isNotIn(401, 403, 429, 500);
            }
        }
    }

    private static void assertProblem(HttpResponse<?> answer, InputStream body) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("\"code\":", "\"remedy\":");
        if (answer.statusCode() == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
        }
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private List<Route> table() {
        List<Route> table = new ArrayList<>();
        service.mapping().getHandlerMethods().forEach((info, handler) -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String pattern : info.getPatternValues()) {
                for (RequestMethod method :
                        methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods) {
                    table.add(new Route(
                            method.name(), pattern.replaceAll("\\{[^}]*}", "0123456789abcdef"), needs(handler)));
                }
            }
        });
        assertThat(table).extracting(Route::path).contains("/api/v1/me", "/api/v1/runs", "/error");
        return table;
    }

    private static Optional<Role> needs(HandlerMethod handler) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Needs.class))
                .or(() -> Optional.ofNullable(
                        AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Needs.class)))
                .map(Needs::value);
    }

    @Test
    void everyAddressOfTheApiNeedsAToken() {
        assertThat(table().stream().filter(route -> route.path().startsWith("/api")))
                .allSatisfy(route -> assertThat(route.needs()).isPresent());
    }

    @Test
    void whatIsNotThereBelowTheApiIsNotToldWithoutAToken() throws Exception {
        assertThat(status(service.address("/api/v1/no-such-thing"))).isEqualTo(401);
        assertThat(service.get("/api/v1/no-such-thing").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "metrics", "prometheus"})
    void healthAndMetricsAnswerOnTheirOwnPortOnly(String endpoint) throws Exception {
        assertThat(status(management("/actuator/" + endpoint))).isEqualTo(200);
        assertThat(status(service.address("/actuator/" + endpoint))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/env",
                "/actuator/beans",
                "/actuator/heapdump",
                "/actuator/threaddump",
                "/actuator/loggers",
                "/actuator/mappings",
                "/actuator/configprops",
                "/actuator/info",
                "/actuator/conditions",
                "/actuator/scheduledtasks",
                "/actuator/shutdown",
                "/actuator/health/liveness",
                "/api/v1/me",
                "/api/v1/runs"
            })
    void nothingElseAnswersOnThatPort(String path) throws Exception {
        assertThat(status(management(path))).isIn(401, 404);
    }

    @Test
    void healthTellsNoDetails() throws Exception {
        assertThat(body(management("/actuator/health"))).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void metersCountRuns() throws Exception {
        assertThat(body(management("/actuator/prometheus")))
                .contains("cellferry_runs{", "cellferry_units_total", "cellferry_written_bytes_total")
                .contains("cellferry_runs_ended_total{");
    }

    private URI management(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(service.managementPort(), path));
    }

    private int status(URI address) throws Exception {
        return service.client()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String body(URI address) throws Exception {
        return service.client()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
