package io.cellferry.launch.http.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Speaks the API's contract with canned answers and serves the real dashboard, for states that a real service is
/// seldom in: every state of a run at once, hostile names, a lost connection.
final class FakeService implements AutoCloseable {

    static final String TOKEN = "a-token-of-the-tests";
    static final String RUNNING = "02".repeat(16);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long TICK_MILLIS = 100;

    private final DashboardFiles files = DashboardFiles.fromClassPath();
    private final Map<String, FakeRun> runs = Collections.synchronizedMap(new LinkedHashMap<>());
    private final FakeAnswers answers;
    private final Thread clock;
    private final int port;
    private volatile String role = "runner";
    private volatile boolean frozen;
    private volatile String token = TOKEN;
    private HttpServer server;
    private ExecutorService threads;

    private FakeService(UnaryOperator<JsonNode> disguise) throws IOException {
        this.answers = new FakeAnswers(disguise);
        for (JsonNode run : FakeAnswers.canned("runs.json")) {
            add((ObjectNode) run);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        threads = listen();
        clock = Thread.ofVirtual().start(this::tick);
    }

    static FakeService start() throws IOException {
        return new FakeService(UnaryOperator.identity());
    }

    /// Whose every answer is changed before it is sent.
    static FakeService disguised(UnaryOperator<JsonNode> disguise) throws IOException {
        return new FakeService(disguise);
    }

    URI address() {
        return URI.create("http://127.0.0.1:%d/".formatted(port));
    }

    void role(String word) {
        role = word;
    }

    /// Runs stand still, so that pictures of them are alike.
    void freeze() {
        frozen = true;
    }

    void forgetToken() {
        token = "another";
    }

    void add(ObjectNode run) {
        runs.put(run.get("id").asString(), new FakeRun(run));
    }

    void forgetRuns() {
        runs.clear();
    }

    /// As many finished runs as pages need.
    void addFinished(int count) {
        ObjectNode done = run("07".repeat(16)).json();
        for (int i = 0; i < count; i++) {
            add(done.deepCopy().put("id", "%032x".formatted(0x1000 + i)).put("output", "exports:demo-" + i));
        }
    }

    FakeRun run(String id) {
        return Objects.requireNonNull(runs.get(id), id);
    }

    /// Cuts every connection and listens no more.
    void fallSilent() {
        server.stop(0);
        threads.shutdownNow();
    }

    void speakAgain() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads = listen();
    }

    private ExecutorService listen() {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
        return executor;
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                if (!frozen) {
                    List.copyOf(runs.values()).forEach(FakeRun::tick);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!path.startsWith("/api/")) {
                file(exchange, path);
            } else if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answers.problem(
                        exchange, 401, "unauthenticated", "The token is missing or not known.", "Sign in again.");
            } else if (path.endsWith("/events")) {
                events(exchange, path.split("/").length == 6 ? Optional.of(path.split("/")[4]) : Optional.empty());
            } else {
                api(exchange, path.substring("/api/v1".length()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        var file = files.find(path.equals("/") ? DashboardFiles.PAGE : path.substring(1));
        if (file.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        PagePolicy.HEADERS.forEach(exchange.getResponseHeaders()::set);
        FakeAnswers.send(exchange, 200, file.get().type(), file.get().bytes());
    }

    private void api(HttpExchange exchange, String path) throws IOException {
        Map<String, String> asked = FakeAnswers.query(exchange.getRequestURI().getRawQuery());
        String[] parts = path.substring(1).split("/");
        boolean get = exchange.getRequestMethod().equals("GET");
        switch (parts[0]) {
            case "me" ->
                answers.answer(
                        exchange,
                        200,
                        JSON.createObjectNode().put("name", "portal").put("role", role));
            case "jobs" -> answers.answer(exchange, 200, FakeAnswers.canned("jobs.json"));
            case "roots" ->
                answers.answer(exchange, 200, JSON.readTree("{\"read\":[\"data\"],\"write\":[\"exports\",\"lab\"]}"));
            case "files" -> files(exchange, asked.getOrDefault("at", ""));
            case "inspect" -> answers.answer(exchange, 200, FakeAnswers.canned("inspect.json"));
            case "plan" -> plan(exchange);
            case "job-files" -> {
                if (get) {
                    answers.answer(exchange, 200, FakeAnswers.canned("job-files.json"));
                } else {
                    answers.answer(exchange, 202, begun("data:demo.h5ad", "exports:demo"));
                }
            }
            case "runs" -> {
                if (parts.length == 1 && get) {
                    list(exchange, asked);
                } else if (parts.length == 1) {
                    JsonNode body = FakeAnswers.body(exchange);
                    answers.answer(
                            exchange,
                            202,
                            begun(
                                    body.get("input").asString(),
                                    body.get("output").asString()));
                } else {
                    one(exchange, parts[1], parts.length > 2 ? parts[2] : "");
                }
            }
            default -> answers.problem(exchange, 404, "not-found", "There is nothing at this address.", "");
        }
    }

    private void one(HttpExchange exchange, String id, String what) throws IOException {
        FakeRun run = runs.get(id);
        if (run == null) {
            answers.problem(exchange, 404, "not-found", "There is no run %s.".formatted(id), "List the runs.");
            return;
        }
        switch (what) {
            case "report" ->
                FakeAnswers.send(
                        exchange,
                        200,
                        "text/html;charset=UTF-8",
                        FakeAnswers.resource(run.is("done") ? "report.html" : "hostile-report.html"));
            case "log" ->
                FakeAnswers.send(
                        exchange,
                        200,
                        "text/plain;charset=UTF-8",
                        "begun\n<b>not bold</b>\nended\n".getBytes(StandardCharsets.UTF_8));
            case "stop" -> {
                if (run.is("running", "waiting")) {
                    run.become("stopping");
                    answers.answer(exchange, 202, run.json());
                } else {
                    answers.problem(
                            exchange,
                            409,
                            "conflict",
                            "Run %s neither works nor waits.".formatted(id),
                            "Resume it to go on with it.");
                }
            }
            case "resume" -> {
                ObjectNode again = run.json();
                again.put("state", "running").put("message", "").put("code", "").put("remedy", "");
                again.set("progress", FakeAnswers.canned("runs.json").get(1).get("progress"));
                add(again);
                answers.answer(exchange, 202, again);
            }
            default -> answers.answer(exchange, 200, run.json());
        }
    }

    private void list(HttpExchange exchange, Map<String, String> asked) throws IOException {
        List<ObjectNode> matching = new ArrayList<>();
        boolean seen = !asked.containsKey("after");
        for (FakeRun each : List.copyOf(runs.values())) {
            ObjectNode run = each.json();
            boolean wanted = asked.getOrDefault("state", run.get("state").asString())
                            .equals(run.get("state").asString())
                    && asked.getOrDefault("job", run.get("job").asString())
                            .equals(run.get("job").asString());
            if (seen && wanted) {
                matching.add(run);
            }
            seen = seen || run.get("id").asString().equals(asked.get("after"));
        }
        int limit = Integer.parseInt(asked.getOrDefault("limit", "50"));
        ObjectNode page = JSON.createObjectNode();
        ArrayNode shown = page.putArray("runs");
        matching.stream().limit(limit).forEach(shown::add);
        page.put(
                "next",
                matching.size() > limit ? matching.get(limit - 1).get("id").asString() : null);
        answers.answer(exchange, 200, page);
    }

    private ObjectNode begun(String input, String output) throws IOException {
        ObjectNode run = (ObjectNode) FakeAnswers.canned("runs.json").get(1);
        String id = "%032x".formatted(0x5000 + runs.size());
        run.put("id", id).put("input", input).put("output", output);
        ((ObjectNode) run.get("links"))
                .put("self", "/api/v1/runs/" + id)
                .put("events", "/api/v1/runs/" + id + "/events");
        add(run);
        return run;
    }

    private void plan(HttpExchange exchange) throws IOException {
        JsonNode asked = FakeAnswers.body(exchange);
        String input = asked.get("input").asString();
        if (asked.get("output").asString().endsWith("taken")) {
            answers.problem(
                    exchange,
                    409,
                    "output-owned",
                    "exports:taken is held by run 0202 of host lab-1, process 4711.",
                    "Wait for it, or choose another output.");
        } else {
            answers.answer(
                    exchange,
                    200,
                    FakeAnswers.canned(input.endsWith("broken.h5ad") ? "refused-plan.json" : "plan.json"));
        }
    }

    private void files(HttpExchange exchange, String at) throws IOException {
        JsonNode entries = FakeAnswers.canned("files.json").get(at);
        if (entries == null) {
            answers.problem(exchange, 404, "not-found", "There is no folder %s to look into.".formatted(at), "");
            return;
        }
        ObjectNode listing = JSON.createObjectNode().put("at", at).put("complete", true);
        listing.set("entries", entries);
        answers.answer(exchange, 200, listing);
    }

    /// At each change of a run one event; between changes a comment now and then.
    private void events(HttpExchange exchange, Optional<String> only) throws IOException, InterruptedException {
        if (only.isPresent() && !runs.containsKey(only.get())) {
            answers.problem(exchange, 404, "not-found", "There is no run %s.".formatted(only.get()), "");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        Map<String, String> said = new LinkedHashMap<>();
        for (int turn = 0; ; turn++) {
            for (FakeRun run : List.copyOf(runs.values())) {
                String id = run.json().get("id").asString();
                String now = JSON.writeValueAsString(answers.disguised(run.json()));
                String before = said.put(id, now);
                boolean news = only.isPresent() ? !now.equals(before) : before != null && !now.equals(before);
                boolean fresh = only.isEmpty() && before == null && turn > 0;
                if ((news || fresh) && only.map(id::equals).orElse(true)) {
                    FakeAnswers.write(exchange, "event: run\nid: %d\ndata: %s\n\n".formatted(turn, now));
                    if (only.isPresent() && !run.is("waiting", "running", "stopping")) {
                        return;
                    }
                }
            }
            if (turn % 20 == 0) {
                FakeAnswers.write(exchange, ": still here\n\n");
            }
            Thread.sleep(TICK_MILLIS * 2);
        }
    }

    @Override
    public void close() {
        clock.interrupt();
        fallSilent();
    }
}
