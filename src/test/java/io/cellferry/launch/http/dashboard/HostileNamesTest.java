package io.cellferry.launch.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Every text that the API gives out, names of files, genes, jobs, options and people, is shown as it is and does
/// nothing: here each one, also names nobody thought of, carries an attack.
class HostileNamesTest extends BrowserTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ATTACK =
            "\"'><img src=x onerror=\"window.hostile=1\"><script>window.hostile=1</script>${window.hostile=1}\u202E";

    /// What the dashboard goes by and does not show.
    private static final Set<String> LEFT_ALONE = Set.of(
            "id",
            "state",
            "kind",
            "severity",
            "role",
            "type",
            "self",
            "events",
            "report",
            "next",
            "startedAt",
            "endedAt",
            "pattern",
            "read",
            "write");

    @Override
    FakeService service() throws IOException {
        return FakeService.disguised(json -> hostile(json));
    }

    private static JsonNode hostile(JsonNode json) {
        if (json.isString()) {
            return JSON.getNodeFactory().stringNode(json.asString() + ATTACK);
        }
        if (json instanceof ArrayNode array) {
            ArrayNode all = JSON.createArrayNode();
            array.forEach(one -> all.add(hostile(one)));
            return all;
        }
        if (json instanceof ObjectNode object) {
            ObjectNode all = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> one : object.properties()) {
                boolean alone = LEFT_ALONE.contains(one.getKey());
                boolean link = one.getKey().equals("output") && object.has("self");
                all.set(
                        one.getKey().equals("gzip") ? "gzip" + ATTACK : one.getKey(),
                        link
                                ? JSON.getNodeFactory().stringNode("javascript:window.hostile=1//")
                                : alone ? one.getValue() : hostile(one.getValue()));
            }
            return all;
        }
        return json;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/runs",
                "#/runs/02020202020202020202020202020202",
                "#/runs/06060606060606060606060606060606",
                "#/runs/07070707070707070707070707070707",
                "#/runs/unknown",
                "#/start",
                "#/schedules",
                "#/runs?state=%3Cimg%20src%3Dx%20onerror%3D%22window.hostile%3D1%22%3E",
                "#/%3Cimg%20src=x%20onerror=%22window.hostile=1%22%3E"
            })
    void textsAreShownAndNothingElse(String hash) {
        enter(hash);
        browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })");

        assertHarmless();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "file"})
    void formsAndPlansAreHarmlessToo(String kind) {
        enter("#/start");
        browser.run("document.querySelector(`a[href^=\"#/start/" + kind + "/\"]`).click()");
        browser.await("location.hash.startsWith('#/start/" + kind + "/')");
        browser.await("document.querySelector('h1').textContent.startsWith('Start ')"
                + " && document.querySelector('h1').textContent.length > 20");
        if (kind.equals("job")) {
            browser.type("Input", "data:demo.h5ad");
            browser.type("Output", "demo");
            browser.press("What is in it?");
            browser.await("document.querySelector('form table')");
            browser.press("Choose…");
            browser.await("document.querySelector('dialog .files li:nth-child(2)')");
            assertHarmless();
            browser.key(Browser.ESCAPE);
        }
        browser.press("Look at the plan");
        browser.awaitText("The plan: possible");

        assertHarmless();
    }

    private static void assertHarmless() {
        assertThat(browser.run("return String(window.hostile)").asString()).isEqualTo("undefined");
        assertThat(browser.run("return document.querySelectorAll('img, script:not([src]), [onerror]').length")
                        .asInt())
                .isZero();
        assertThat(browser.run("return [...document.querySelectorAll('a')].filter(one =>"
                                + " !['http:', 'https:', 'blob:'].includes(one.protocol)).length")
                        .asInt())
                .isZero();
        List<String> complaints = browser.complaints();
        assertThat(complaints).allMatch(complaint -> complaint.contains("404"));
    }
}
