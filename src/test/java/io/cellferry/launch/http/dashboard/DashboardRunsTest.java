package io.cellferry.launch.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Runs are shown as they stand, whatever happens to them, without a reload.
class DashboardRunsTest extends BrowserTest {

    private static final String STATE = "document.querySelector('.state').textContent";

    @Test
    void everyStateIsAWordAndAShape() {
        enter("#/runs");
        browser.await("document.querySelectorAll('.runs > li').length === 8");

        String states = "return [...document.querySelectorAll('.runs .state')].map(one => one.textContent).join(' ')";
        assertThat(browser.run(states).asString())
                .isEqualTo("waiting running interrupted stopped failed refused done gone");
        String shapes = "return new Set([...document.querySelectorAll('.runs .state path')]"
                + ".map(one => one.getAttribute('d') + one.parentElement.getAttribute('class'))).size";
        assertThat(browser.run(shapes).asInt()).isEqualTo(8);
    }

    @Test
    void aRunInTheListMovesToItsEndByItself() {
        enter("#/runs");
        browser.await("document.querySelector('.runs > li:nth-child(2) progress').value > 0");
        // The rows stay the same elements, so a keyboard stays where it is.
        browser.run("window.row = document.querySelector('.runs > li:nth-child(2)'); row.querySelector('a').focus()");

        browser.await("document.querySelector('.runs > li:nth-child(2) .state').textContent === 'done'");
        assertThat(browser.run("return row === document.querySelector('.runs > li:nth-child(2)')"
                                + " && row.contains(document.activeElement)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aNewRunAppearsOnTop() throws IOException {
        service.freeze();
        enter("#/runs");
        browser.await("document.querySelectorAll('.runs > li').length === 8");
        ObjectNode run = (ObjectNode) FakeAnswers.canned("runs.json").get(0);
        service.add(run.put("id", "f".repeat(32)).put("output", "exports:brand-new"));

        browser.await("document.querySelector('.runs > li:first-child').innerText.includes('brand-new')");
        browser.await("document.getElementById('announcer').textContent.includes('New run')");
    }

    @Test
    void filtersAreInTheAddressAndPagesFollowThem() {
        service.addFinished(60);
        enter("#/runs?state=done");
        browser.await("document.querySelectorAll('.runs > li').length === 25");
        assertThat(browser.run("return document.querySelector('[name=state]').value")
                        .asString())
                .isEqualTo("done");
        browser.press("Older");
        browser.awaitText("demo-40");
        browser.press("Older");
        browser.await("document.querySelectorAll('.runs > li').length === 11");
        browser.press("Newest");
        browser.await("document.querySelectorAll('.runs > li').length === 25");
        browser.choose("State", "failed");

        browser.await("document.querySelectorAll('.runs > li').length === 1");
        assertThat(browser.run("return location.hash").asString()).isEqualTo("#/runs?state=failed");
        browser.choose("Job", "hvg-selection");
        browser.awaitText("No run is like that.");
    }

    @Test
    void anEmptyListSaysHowToBegin() {
        service.forgetRuns();
        enter("#/runs");

        browser.awaitText("No runs yet.");
        browser.press("Start a run");
        browser.awaitHeading("Start a run");
    }

    @Test
    void aRunShowsUnitsBytesRateAndStepsWhileItWorks() {
        service.freeze();
        enter("#/runs/" + FakeService.RUNNING);

        assertThat(browser.text())
                .contains("122 of 259", "Kept from before\n52", "87 MB", "4.9/s", "6.1 MB/s", "14 s", "about 28 s")
                .contains("14 of 14", "64 of 200 (32 %)");
        assertThat(browser.run("return document.querySelector('progress').value")
                        .asInt())
                .isEqualTo(47);
    }

    @Test
    void whatIsOpenedOneByOneHasItsOwnAddressOrLink() throws IOException {
        ObjectNode run = service.run(id(7)).json().deepCopy();
        ObjectNode links = (ObjectNode) run.get("links");
        links.putArray("opened").add("/exports/exports/slides/R000%20a.zarr").add("/exports/exports/slides/R001.zarr");
        service.add(run.put("id", "e".repeat(32)));
        enter("#/runs/" + "e".repeat(32));
        browser.awaitText("/exports/exports/slides/R000%20a.zarr");
        browser.awaitText("/exports/exports/slides/R001.zarr");

        links.putArray("opened").add("/exports/exports/genes/report.html").add("/exports/exports/genes/genes.csv");
        service.add(run.put("id", "f".repeat(32)));
        enter("#/runs/" + "f".repeat(32));
        browser.awaitText("Save genes.csv");
        assertThat(browser.text()).contains("Open report.html").doesNotContain("Address for viewers");
    }

    @Test
    void aRunIsStoppedAndResumedAndReachesItsEnd() {
        enter("#/runs/" + FakeService.RUNNING);
        browser.press("Stop");
        browser.await(STATE + " === 'stopping'");
        browser.await(STATE + " === 'stopped'");
        browser.press("Resume");
        browser.await(STATE + " === 'running'");

        browser.await(STATE + " === 'done'");
        assertThat(browser.run("return document.querySelector('progress').value")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void stoppingWhatEndedMeanwhileSaysSo() {
        service.freeze();
        enter("#/runs/" + FakeService.RUNNING);
        browser.await("document.querySelector('progress').value > 0");
        service.run(FakeService.RUNNING).become("refused");
        browser.run("[...document.querySelectorAll('button')].find(one => one.textContent === 'Stop').click()");

        browser.awaitText("It cannot be stopped");
        browser.awaitText("Resume it to go on with it.");
        assertThat(browser.run("return document.activeElement.className").asString())
                .isEqualTo("problem refused");
    }

    @Test
    void whyARunFailedIsSaidWithRemedyAndCode() {
        enter("#/runs/" + id(5));

        assertThat(browser.text(".problem"))
                .contains("12 GB are needed", "Free some room and resume the run", "no-room");
        browser.press("Resume");
        browser.await("!document.querySelector('.problem')");
    }

    @Test
    void allReasonsOfARefusalStandInLinesOfTheirOwn() {
        enter("#/runs/" + id(6));

        assertThat(browser.text(".problem").lines().toList())
                .contains("var/_index: 3 gene names repeat: MALAT1, XIST, TTTY14.");
    }

    private static void showReport() {
        browser.press("Show the report");
        browser.await("document.querySelector('iframe')?.contentDocument.querySelector('h1')");
    }

    @Test
    void theReportIsShownAsItLooks() {
        enter("#/runs/" + id(7));
        showReport();

        assertThat(browser.run("const report = document.querySelector('iframe').contentDocument;"
                                + " const look = element => report.defaultView.getComputedStyle(element);"
                                + " return look(report.body).color + ' ' + look(report.querySelector('.bar')).width"
                                + " + ' ' + report.querySelector('img').naturalWidth")
                        .asString())
                .isEqualTo("rgb(1, 2, 3) 40px 1");
        assertThat(browser.run("return document.querySelector('iframe').contentDocument.body.innerText")
                        .asString())
                .contains("Invented blood cells", "and a style=\"word\" that is text");
        browser.complainsOfNothing();
    }

    @Test
    void aReportCanDoNothing() {
        enter("#/runs/" + id(5));
        showReport();
        browser.run(
                "document.querySelector('iframe').contentDocument.querySelectorAll('a').forEach(one => one.click())");

        assertThat(browser.run("return String(window.hostile)").asString()).isEqualTo("undefined");
        assertThat(browser.run("const report = document.querySelector('iframe').contentDocument;"
                                + " return report.querySelectorAll('script, base, meta, [onload], [onerror]').length"
                                + " + ' ' + report.defaultView.location")
                        .asString())
                .isEqualTo("0 about:blank");
    }

    @Test
    void theLogIsText() {
        enter("#/runs/" + id(7));
        browser.press("Show the log");

        browser.await("document.querySelector('pre')?.textContent.includes('<b>not bold</b>')");
    }

    @Test
    void aPublishedExportOpensInTheViewer() {
        enter("#/runs/" + id(7));
        browser.await("document.querySelector('main a[target]')");

        assertThat(browser.run("return document.querySelector('main a[target]').href")
                        .asString())
                .isEqualTo("https://www.cellucid.com/?remote=http%3A%2F%2F127.0.0.1%3A"
                        + service.address().getPort());
        assertThat(browser.run("return document.querySelector('main a[target]').rel")
                        .asString())
                .isEqualTo("noopener noreferrer");
    }

    @Test
    void aLostConnectionIsSaidAndMendedByItself() throws IOException {
        enter("#/runs/" + FakeService.RUNNING);
        browser.await("document.querySelector('progress').value > 0");
        service.fallSilent();
        browser.awaitText("Connection lost.");
        service.speakAgain();

        browser.await("document.getElementById('connection').textContent === ''");
        browser.await(STATE + " === 'done'");
    }

    @Test
    void aViewThatFoundNobodyComesWhenTheServiceDoes() throws IOException {
        enter("#/start");
        service.fallSilent();
        browser.turnTo("#/schedules");
        browser.awaitText("The service does not answer.");
        service.speakAgain();

        browser.awaitHeading("Schedules");
    }

    @Test
    void aTokenThatEndedLeadsToTheSignIn() {
        enter("#/runs");
        service.forgetToken();
        browser.turnTo("#/schedules");

        browser.awaitHeading("Sign in");
        browser.awaitText("does not take the token any more");
    }

    @Test
    void whoMayOnlyLookIsNotOfferedMore() {
        service.role("viewer");
        enter("#/runs/" + FakeService.RUNNING);
        assertThat(browser.text()).contains("Your token may look").doesNotContain("Show the log");
        assertThat(browser.run("return document.querySelectorAll('main button').length")
                        .asInt())
                .isZero();
        browser.turnTo("#/start/job/cellucid-export");
        browser.awaitText("Ask for one with the role runner.");
        browser.turnTo("#/start/file/demo.yml");

        browser.awaitText("Your token may look, not start.");
    }

    @Test
    void schedulesAndBrokenJobFilesAreTold() {
        enter("#/schedules");

        assertThat(browser.text("main"))
                .contains("cron 0 2 * * *, zone Europe/Berlin", "22 Nov 2026", "pattern *.ome.tif", "on arrival")
                .contains("typo.yml", "the nearest is \"quantize-genes\"", "Correct the options");
    }

    @Test
    void optionsAreSentOnlyWhereSomebodySaidSomething() {
        enter("#/start/job/cellucid-export");
        browser.run("window.sent = null; const ask = fetch; window.fetch = (address, how) => {"
                + " if (String(address).endsWith('/plan')) { sent = how.body; } return ask(address, how); }");
        browser.type("Input", "data:demo.h5ad");
        browser.type("Output", "demo");
        browser.press("Options (11)");
        browser.type("embedding", "2d=obsm/X_umap\n\n 3d=obsm/X_umap_3d ");
        browser.choose("quantize-genes", "8");
        browser.type("gzip", "6");
        browser.press("Look at the plan");

        browser.await("window.sent");
        assertThat(browser.run("return sent").asString())
                .isEqualTo("{\"job\":\"cellucid-export\",\"input\":\"data:demo.h5ad\",\"output\":\"exports:demo\","
                        + "\"options\":{\"embedding\":[\"2d=obsm/X_umap\",\"3d=obsm/X_umap_3d\"],"
                        + "\"quantize-genes\":[\"8\"],\"gzip\":[\"6\"]},\"replace\":false}");
    }

    @Test
    void aValueOutOfBoundsIsNamedBeforeItIsSent() {
        enter("#/start/job/cellucid-export");
        browser.type("Input", "data:demo.h5ad");
        browser.type("Output", "demo");
        browser.press("Options (11)");
        browser.type("gzip", "12");

        assertThat(browser.run("return document.querySelector('[name=gzip]').validationMessage")
                        .asString())
                .contains("12 does not fit", "1 to 9", "none");
        browser.type("gzip", "none");
        assertThat(browser.run("return document.querySelector('form').checkValidity()")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRefusedRequestTakesTheFocusAndSaysWhatToDo() {
        enter("#/start/job/cellucid-export");
        browser.type("Input", "data:demo.h5ad");
        browser.type("Output", "taken");
        browser.press("Look at the plan");

        browser.awaitText("Wait for it, or choose another output.");
        assertThat(browser.text(".problem")).contains("is held by run 0202", "output-owned");
        assertThat(browser.run("return document.activeElement.className").asString())
                .isEqualTo("problem refused");
        assertThat(browser.isEnabled("Start the run")).isFalse();
    }
}
