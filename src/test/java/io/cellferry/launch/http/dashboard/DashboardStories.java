package io.cellferry.launch.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do at the dashboard, whatever service is behind it. The service has one input that converts, `data:` +
/// [#input()], and one that is refused, `data:` + [#badInput()].
abstract class DashboardStories {

    private static Browser browser;

    abstract URI address();

    /// Of the role runner.
    abstract String token();

    abstract String input();

    abstract String badInput();

    abstract String jobFile();

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void forget() {
        browser.visit(address());
        browser.run("sessionStorage.clear()");
        browser.visit(URI.create("about:blank"));
        browser.complaints();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        // A browser also says aloud that an answer was a refusal; those are asked for here.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("Failed to load resource"));
    }

    private void enter(String hash) {
        browser.enter(address(), token(), hash);
    }

    @Test
    void aWrongTokenIsRefusedAndTheRightOneOpensTheView() {
        browser.visit(address().resolve("/#/start"));
        browser.awaitHeading("Sign in");
        browser.type("Token", "wrong");
        browser.press("Sign in");
        browser.awaitText("This token is not known");
        browser.type("Token", token());
        browser.press("Sign in");

        browser.awaitHeading("Start a run");
        assertThat(browser.run("return sessionStorage.length + ' ' + localStorage.length + document.cookie")
                        .asString())
                .isEqualTo("1 0");
    }

    @Test
    void signingOutForgetsTheToken() {
        enter("#/runs");
        browser.awaitHeading("Runs");
        browser.press("Sign out");

        browser.awaitHeading("Sign in");
        assertThat(browser.run("return sessionStorage.length").asInt()).isZero();
    }

    @Test
    void aRunIsPlannedStartedAndWatchedToItsEnd() {
        enter("#/start");
        browser.press("cellucid-export");
        browser.awaitHeading("Start cellucid-export");
        browser.type("Input", "data:" + input());
        browser.type("Output", "story");
        assertThat(browser.isEnabled("Start the run")).isFalse();
        browser.press("Look at the plan");
        browser.awaitText("The plan: possible");
        assertThat(browser.text()).contains("Units of work", "Memory of a worker", "the run");
        browser.press("Start the run");

        browser.awaitHeading("cellucid-export: story");
        browser.await("document.querySelector('.state')?.textContent === 'done'");
    }

    @Test
    void whatWasPlannedIsWhatStarts() {
        enter("#/start/job/cellucid-export");
        browser.type("Input", "data:" + input());
        browser.type("Output", "changed");
        browser.press("Look at the plan");
        browser.awaitText("The plan: possible");
        browser.await("!document.querySelector('button.main').disabled");
        browser.type("Output", "changed-again");

        assertThat(browser.isEnabled("Start the run")).isFalse();
        browser.awaitText("Something was changed since; look at the plan again.");
    }

    @Test
    void aRefusedPlanCannotStartAndSaysWhatToDo() {
        enter("#/start/job/cellucid-export");
        browser.type("Input", "data:" + badInput());
        browser.type("Output", "story-bad");
        browser.press("Look at the plan");

        browser.await("/The plan: refused|No plan/.test(document.body.innerText)");
        assertThat(browser.isEnabled("Start the run")).isFalse();
        assertThat(browser.run("return document.querySelectorAll('.problem.refused').length")
                        .asInt())
                .isPositive();
    }

    @Test
    void anInputIsChosenAmongTheFiles() {
        enter("#/start/job/cellucid-export");
        browser.press("Choose…");
        browser.await("document.querySelector('dialog[open] .files')");
        browser.awaitText(input());
        browser.run(
                "[...document.querySelectorAll('.files button')].find(one => one.textContent.startsWith(arguments[0]))"
                        + ".click()",
                input());

        browser.await("!document.querySelector('dialog')");
        assertThat(browser.run("return document.querySelector('[name=input]').value")
                        .asString())
                .isEqualTo("data:" + input());
        assertThat(browser.focus()).isEqualTo("button Choose…");
    }

    @Test
    void whatIsInAnInputIsShown() {
        enter("#/start/job/cellucid-export");
        browser.type("Input", "data:" + input());
        browser.press("What is in it?");

        browser.await("document.querySelector('form table')");
        assertThat(browser.text("form")).contains("X");
    }

    @Test
    void aJobFileIsPlannedAndStarted() {
        enter("#/start/file/" + jobFile());
        browser.press("Look at the plan");
        browser.awaitText("The plan: possible");
        browser.press("Start the run");

        browser.await("location.hash.startsWith('#/runs/')");
        browser.await("document.querySelector('.state')");
    }
}
