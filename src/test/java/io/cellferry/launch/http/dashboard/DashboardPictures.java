package io.cellferry.launch.http.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Takes pictures of every view, light, dark and narrow, into a folder, for a person to look at. No test: start its
/// `main`.
final class DashboardPictures {

    private DashboardPictures() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (FakeService service = FakeService.start();
                Browser browser = Browser.open()) {
            service.freeze();
            browser.visit(service.address());
            take(browser, folder, "sign-in");
            for (Map.Entry<String, String> view : views().entrySet()) {
                browser.enter(service.address(), FakeService.TOKEN, view.getValue());
                browser.await("document.querySelector('h1')");
                if (view.getKey().startsWith("form")) {
                    browser.type("Input", view.getKey().equals("form-refused") ? "data:broken.h5ad" : "data:demo.h5ad");
                    browser.type("Output", "demo");
                    browser.run("document.querySelector('details').open = true");
                    browser.press("Look at the plan");
                    browser.await("document.querySelector('h2')?.textContent.startsWith('The plan')");
                } else if (view.getKey().equals("picker")) {
                    browser.press("Choose…");
                    browser.awaitText("atlas.h5ad");
                } else if (view.getKey().equals("report")) {
                    browser.press("Show the report");
                    browser.await("document.querySelector('iframe')");
                }
                take(browser, folder, view.getKey());
            }
            System.out.println(browser.complaints());
        }
    }

    private static Map<String, String> views() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("runs", "#/runs");
        views.put("runs-none", "#/runs?state=done&job=hvg-selection");
        views.put("run-running", "#/runs/" + FakeService.RUNNING);
        views.put("run-failed", "#/runs/" + "05".repeat(16));
        views.put("run-refused", "#/runs/" + "06".repeat(16));
        views.put("run-done", "#/runs/" + "07".repeat(16));
        views.put("report", "#/runs/" + "07".repeat(16));
        views.put("run-missing", "#/runs/nothing");
        views.put("start", "#/start");
        views.put("jobfile", "#/start/file/demo.yml");
        views.put("form", "#/start/job/cellucid-export");
        views.put("form-refused", "#/start/job/cellucid-export");
        views.put("picker", "#/start/job/cellucid-export");
        views.put("schedules", "#/schedules");
        return views;
    }

    private static void take(Browser browser, Path folder, String name) throws IOException {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.scheme(scheme);
            browser.size(1280, 900);
            browser.picture(folder.resolve(name + "-" + scheme + ".png"));
        }
        browser.scheme("light");
        browser.size(360, 740);
        browser.picture(folder.resolve(name + "-narrow.png"));
        browser.size(1280, 900);
    }
}
