package io.cellferry.launch.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The dashboard without a mouse, without eyes, in the dark and on a telephone.
class DashboardAccessTest extends BrowserTest {

    private static final String CONTROLS =
            "a, button, input, select, textarea, summary, progress, iframe, table, dialog";

    private void show(String view) {
        service.freeze();
        if (view.equals("sign-in")) {
            browser.visit(service.address());
            browser.run("sessionStorage.clear()");
            browser.leave();
            browser.visit(service.address());
            browser.awaitHeading("Sign in");
            return;
        }
        String[] parts = view.split(" ");
        enter(parts[0]);
        browser.await("document.querySelector('h1')");
        if (parts.length > 1) {
            browser.type("Input", "data:" + parts[1]);
            browser.type("Output", "demo");
            browser.run("document.querySelector('details').open = true");
            browser.press("Look at the plan");
            browser.awaitText("The plan:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign-in",
                "#/runs",
                "#/runs?state=done&job=hvg-selection",
                "#/runs/02020202020202020202020202020202",
                "#/runs/05050505050505050505050505050505",
                "#/runs/07070707070707070707070707070707",
                "#/runs/unknown",
                "#/start",
                "#/start/file/demo.yml",
                "#/start/job/cellucid-export demo.h5ad",
                "#/start/job/cellucid-export broken.h5ad",
                "#/schedules"
            })
    void everyViewCanBeReadAndReached(String view) {
        show(view);

        assertThat(browser.spokenNames(CONTROLS))
                .as("controls and their names")
                .allSatisfy(control ->
                        assertThat(control.getValue()).as(control.getKey()).isNotBlank());
        headingsAreInOrder();
        for (String scheme : new String[] {"light", "dark"}) {
            browser.scheme(scheme);
            assertThat(paleTexts())
                    .as("texts with too little contrast, " + scheme)
                    .isEmpty();
        }
        browser.scheme("light");
        tabReachesEverything();
        fitsOnATelephone();
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("404"));
    }

    private static void headingsAreInOrder() {
        JsonNode levels = browser.run("return [...document.querySelectorAll('h1, h2, h3, h4')]"
                + ".filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))");
        int before = 0;
        for (JsonNode level : levels) {
            assertThat(level.asInt()).as("heading after one of level " + before).isLessThanOrEqualTo(before + 1);
            before = level.asInt();
        }
        assertThat(browser.run("return document.querySelectorAll('h1').length").asInt())
                .isOne();
        assertThat(browser.run("return document.querySelectorAll('main, header, body > main').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(browser.run("return document.title").asString()).endsWith(" – cellferry");
    }

    /// Each text of the page with the ground it really stands on, by the formula of WCAG.
    private static JsonNode paleTexts() {
        return browser.run("""
                const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
                const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
                const ground = element => {
                    for (let one = element; one; one = one.parentElement) {
                        const colour = numbers(getComputedStyle(one).backgroundColor);
                        if (colour.length < 4 || colour[3] === 1) { return colour; }
                        if (colour[3] !== 0) { throw new Error('half a ground under ' + element.outerHTML); }
                    }
                    throw new Error('no ground');
                };
                const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
                const pale = [];
                const check = (element, colour, words) => {
                    const found = ratio(light(numbers(colour)), light(ground(element)));
                    if (!(found >= 4.5)) { pale.push(`${found.toFixed(2)}: ${words}`); }
                };
                const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                    const element = texts.currentNode.parentElement;
                    if (texts.currentNode.data.trim() && element.checkVisibility()
                            && !element.closest('.skip, noscript, option')) {
                        check(element, getComputedStyle(element).color, texts.currentNode.data);
                    }
                }
                for (const control of document.querySelectorAll('input, select, textarea')) {
                    check(control, getComputedStyle(control).color, control.outerHTML);
                    check(control, getComputedStyle(control, '::placeholder').color, 'in ' + control.outerHTML);
                    if (control.type !== 'checkbox') {
                        const edge = ratio(light(numbers(getComputedStyle(control).borderColor)), light(ground(control)));
                        if (!(edge >= 3)) { pale.push(`${edge.toFixed(2)}: edge of ${control.outerHTML}`); }
                    }
                }
                return pale;
                """);
    }

    private static void tabReachesEverything() {
        browser.run("document.activeElement.blur(); document.querySelector('.skip').focus();"
                + " document.querySelectorAll('a, button, input, select, textarea, summary')"
                + ".forEach((one, index) => { one.dataset.stop = index; })");
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            JsonNode stop = browser.run("const it = document.activeElement; const look = getComputedStyle(it);"
                    + " return [it.dataset.stop ?? '', look.outlineStyle + ' ' + parseFloat(look.outlineWidth)]");
            if (!reached.add(stop.get(0).asString()) && !stop.get(0).asString().isEmpty()) {
                break;
            }
            if (i > 0 && !stop.get(0).asString().isEmpty()) {
                assertThat(stop.get(1).asString()).as(browser.focus()).isEqualTo("solid 3");
            }
            browser.key(Browser.TAB);
        }
        JsonNode missed = browser.run(
                "return [...document.querySelectorAll('[data-stop]')].filter(one => one.checkVisibility() && !one.disabled"
                        + " && !arguments[0].includes(one.dataset.stop)).map(one => one.outerHTML)",
                List.copyOf(reached));
        assertThat(missed).as("what no tab reaches").isEmpty();
    }

    private static void fitsOnATelephone() {
        browser.size(320, 640);
        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(320);
        browser.size(1280, 900);
    }

    @Test
    void theFocusFollowsTheView() {
        enter("#/runs");
        browser.press("Schedules");
        browser.awaitHeading("Schedules");

        assertThat(browser.focus()).isEqualTo("h1 Schedules");
        assertThat(browser.run("return document.querySelector('nav [aria-current=page]').textContent")
                        .asString())
                .isEqualTo("Schedules");
    }

    @Test
    void theDialogKeepsTheFocusAndGivesItBack() {
        enter("#/start/job/cellucid-export");
        browser.press("Choose…");
        browser.awaitText("atlas.h5ad");
        browser.run(
                "[...document.querySelectorAll('.files button')].find(one => one.textContent === 'scans/').click()");
        browser.awaitText("R000_1.0.4_DAPI");
        assertThat(browser.spokenNames("dialog, dialog button, dialog ul"))
                .allSatisfy(control -> assertThat(control.getValue()).isNotBlank());
        assertThat(browser.focus()).isEqualTo("button .. (one up)");
        browser.key(Browser.ENTER);
        browser.awaitText("atlas.h5ad");
        browser.key(Browser.ESCAPE);

        browser.await("!document.querySelector('dialog')");
        assertThat(browser.focus()).isEqualTo("button Choose…");
    }

    @Test
    void screenReadersHearOfStatesAndNotOfEveryUnit() {
        enter("#/runs/" + FakeService.RUNNING);
        browser.run("window.heard = []; new MutationObserver(() => {"
                + " const words = document.getElementById('announcer').textContent; if (words) { heard.push(words); }"
                + " }).observe(document.getElementById('announcer'), {childList: true})");

        browser.await("document.querySelector('.state').textContent === 'done'");
        browser.await("window.heard.includes('The run is done.')");
        assertThat(browser.run("return heard.length").asInt()).isLessThanOrEqualTo(2);
        assertThat(browser.run("return document.getElementById('announcer').getAttribute('role')")
                        .asString())
                .isEqualTo("status");
    }

    @Test
    void nothingMovesWhileARunWorks() {
        enter("#/runs/" + FakeService.RUNNING);
        browser.await("document.querySelector('progress').value > 0");
        browser.run("window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {"
                + " moved += one.value; })).observe({type: 'layout-shift'})");
        double before = browser.run("return document.querySelector('#asked').getBoundingClientRect().top")
                .asDouble();
        browser.await("document.querySelector('progress').value > 75");

        assertThat(browser.run("return document.querySelector('#asked').getBoundingClientRect().top")
                        .asDouble())
                .isEqualTo(before);
        assertThat(browser.run("return window.moved").asDouble()).isZero();
    }
}
