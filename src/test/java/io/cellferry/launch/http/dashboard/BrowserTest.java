package io.cellferry.launch.http.dashboard;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// One browser for a class of tests, and a fresh service of canned answers for each test.
abstract class BrowserTest {

    static Browser browser;
    FakeService service;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void startService() throws IOException {
        service = service();
    }

    @AfterEach
    void stopService() {
        browser.leave();
        browser.complaints();
        service.close();
    }

    FakeService service() throws IOException {
        return FakeService.start();
    }

    final void enter(String hash) {
        browser.enter(service.address(), FakeService.TOKEN, hash);
        browser.await("document.querySelector('h1')");
    }

    static String id(int number) {
        return "%02x".formatted(number).repeat(16);
    }
}
