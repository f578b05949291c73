package io.cellferry.launch.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A person at the dashboard: looks, clicks, types, waits for what must appear.
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 50;
    static final String TAB = "\uE004";
    static final String ENTER = "\uE007";
    static final String ESCAPE = "\uE00C";

    private final WebDriver driver;

    private Browser(WebDriver driver) {
        this.driver = driver;
    }

    /// Skips the test, and says so, where there is no browser.
    static Browser open() throws IOException {
        boolean there = onPath("chromedriver") && onPath("chromium");
        if (!there) {
            System.err.println("SKIPPED: the dashboard is not tested, because there is no browser here."
                    + " apt-get install chromium chromium-driver");
        }
        assumeTrue(there, "no chromium and chromedriver here: apt-get install chromium chromium-driver");
        return new Browser(WebDriver.start());
    }

    private static boolean onPath(String program) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(Objects.requireNonNullElse(System.getenv("PATH"), ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    void visit(URI address) {
        driver.post("/url", Map.of("url", address.toString()));
    }

    /// Signs in at `service` and shows the view called `hash`.
    void enter(URI service, String token, String hash) {
        visit(service.resolve("/" + hash));
        run("sessionStorage.setItem('cellferry-token', arguments[0])", token);
        leave();
        visit(service.resolve("/" + hash));
    }

    void leave() {
        visit(URI.create("about:blank"));
    }

    void turnTo(String hash) {
        run("location.hash = arguments[0]", hash);
    }

    JsonNode run(String script, Object... arguments) {
        return driver.post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /// Waits until the JavaScript expression `claim` holds.
    void await(String claim) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!run("return Boolean(" + claim + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited %s for: %s%nThe page says:%n%s".formatted(PATIENCE, claim, text()));
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    void awaitText(String words) {
        await("document.body.innerText.includes(" + quoted(words) + ")");
    }

    void awaitHeading(String words) {
        await("document.querySelector('h1')?.textContent === " + quoted(words));
    }

    static String quoted(String words) {
        return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    String text() {
        return text("body");
    }

    String text(String selector) {
        return run("return document.querySelector(arguments[0]).innerText", selector)
                .asString();
    }

    /// The button or link that is called `name`, as a person finds it.
    private String named(String name) {
        String find = "[...document.querySelectorAll('button, a, summary')].find(one => one.checkVisibility()"
                + " && (one.getAttribute('aria-label') ?? one.textContent).trim() === " + quoted(name) + ")";
        await(find);
        return id(run("return " + find));
    }

    void press(String name) {
        click(named(name));
    }

    boolean isEnabled(String name) {
        return !run("return arguments[0].disabled", Map.of(ELEMENT, named(name)))
                .asBoolean();
    }

    void pressAt(String selector) {
        click(find(selector));
    }

    private void click(String element) {
        driver.post("/element/" + element + "/click", Map.of());
    }

    /// Types into the control with this label.
    void type(String label, String words) {
        String control = labelled(label);
        driver.post("/element/" + control + "/clear", Map.of());
        driver.post("/element/" + control + "/value", Map.of("text", words));
    }

    void choose(String label, String value) {
        run(
                "arguments[0].value = arguments[1]; ['input', 'change'].forEach(kind =>"
                        + " arguments[0].dispatchEvent(new Event(kind, {bubbles: true})))",
                Map.of(ELEMENT, labelled(label)),
                value);
    }

    private String labelled(String label) {
        String find = "[...document.querySelectorAll('label')].find(one => one.textContent === " + quoted(label)
                + ")?.control";
        await(find);
        return id(run("return " + find));
    }

    /// Presses and releases one key.
    void key(String key) {
        driver.post(
                "/actions",
                Map.of(
                        "actions",
                        List.of(Map.of(
                                "type",
                                "key",
                                "id",
                                "keyboard",
                                "actions",
                                List.of(
                                        Map.of("type", "keyDown", "value", key),
                                        Map.of("type", "keyUp", "value", key))))));
    }

    /// What the keyboard acts on, in short words.
    String focus() {
        return run("const it = document.activeElement; return it.tagName.toLowerCase() + ' '"
                        + " + (it.getAttribute('aria-label') ?? it.textContent.trim() ?? '').slice(0, 60)")
                .asString();
    }

    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private static String id(JsonNode element) {
        return element.get(ELEMENT).asString();
    }

    private String find(String selector) {
        await("document.querySelector(" + quoted(selector) + ")");
        return id(run("return document.querySelector(arguments[0])", selector));
    }

    /// The names that a screen reader gives to what `selector` finds, with the HTML of each.
    List<Map.Entry<String, String>> spokenNames(String selector) {
        List<Map.Entry<String, String>> names = new ArrayList<>();
        JsonNode found = run(
                "return [...document.querySelectorAll(arguments[0])].filter(one => one.checkVisibility())", selector);
        for (JsonNode element : found) {
            String html = run("return arguments[0].outerHTML.slice(0, 200)", Map.of(ELEMENT, id(element)))
                    .asString();
            names.add(Map.entry(
                    html,
                    driver.get("/element/" + id(element) + "/computedlabel").asString()));
        }
        return names;
    }

    void scheme(String scheme) {
        driver.devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void size(int width, int height) {
        driver.devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// The whole page, however long.
    void picture(Path file) throws IOException {
        String png = driver.devTools("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data")
                .asString();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /// What the browser complained of since the last look: exceptions, refused content, failed requests.
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JsonNode entry : driver.post("/se/log", Map.of("type", "browser"))) {
            String level = entry.get("level").asString();
            if (level.equals("SEVERE") || level.equals("WARNING")) {
                complaints.add(entry.get("message").asString());
            }
        }
        return complaints;
    }

    void complainsOfNothing() {
        assertThat(complaints()).as("what the browser complained of").isEmpty();
    }

    @Override
    public void close() {
        driver.close();
    }
}
