package io.cellferry.launch.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// How the dashboard's files reach a browser: by a real Tomcat, to anybody, checked by their tags, and nothing else.
class DashboardServingTest {

    private static final DashboardFiles FILES = DashboardFiles.fromClassPath();
    private static ServletWebServerApplicationContext context;
    private static HttpClient client;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @Import(DashboardConfiguration.class)
    static class NothingButTheDashboard {}

    @BeforeAll
    static void start() {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(NothingButTheDashboard.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(Map.of("server.port", 0, "server.address", "127.0.0.1"))
                .run();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        context.close();
    }

    private static HttpResponse<byte[]> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        int port = Objects.requireNonNull(context.getWebServer()).getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void thePageIsAtTheRootWithoutRedirect() throws Exception {
        HttpResponse<byte[]> page = ask("GET", "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).startsWith("<!doctype html>");
    }

    @Test
    void everyFileCarriesThePolicyAndItsType() throws Exception {
        for (Map.Entry<String, DashboardFiles.DashboardFile> file : FILES.all().entrySet()) {
            String path = file.getKey().equals(DashboardFiles.PAGE) ? "/" : "/" + file.getKey();
            HttpResponse<byte[]> answer = ask("GET", path);

            assertThat(answer.body()).isEqualTo(file.getValue().bytes());
            assertThat(header(answer, "Content-Type"))
                    .isEqualToIgnoringCase(file.getValue().type());
            assertThat(header(answer, "Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " connect-src 'self';")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        }
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() throws Exception {
        String tag = header(ask("GET", "/assets/main.js"), "ETag");

        HttpResponse<byte[]> again = ask("GET", "/assets/main.js", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(ask("GET", "/assets/main.js", "If-None-Match", "\"old\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void browsersGetItCompressedUnderATagOfItsOwn() throws Exception {
        HttpResponse<byte[]> packed = ask("GET", "/assets/layout.css", "Accept-Encoding", "gzip, br");

        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(packed, "Vary")).contains("Accept-Encoding");
        assertThat(header(packed, "ETag")).isNotEqualTo(header(ask("GET", "/assets/layout.css"), "ETag"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(ask("GET", "/assets/layout.css").body());
    }

    @Test
    void headTellsTheSameWithoutTheFile() throws Exception {
        HttpResponse<byte[]> head = ask("HEAD", "/");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/nothing.js",
                "/assets/index.html",
                "/index.html",
                "/dashboard/index.html",
                "/assets/..%2findex.html",
                "/assets/%2e%2e/%2e%2e/application.yml",
                "/assets/..%5capplication.yml",
                "/assets/main.js%00",
                "/assets/main.js/"
            })
    void nothingElseIsGivenOut(String path) throws Exception {
        assertThat(ask("GET", path).statusCode()).isIn(400, 404);
    }

    @Test
    void nothingCanBePutThere() throws Exception {
        assertThat(ask("POST", "/").statusCode()).isEqualTo(405);
        assertThat(ask("DELETE", "/assets/main.js").statusCode()).isEqualTo(405);
    }

    @Test
    void theWholeDashboardIsLessThanSixtyKilobytesOnTheWay() {
        int bytes = FILES.all().values().stream()
                .mapToInt(file -> file.packed().length)
                .sum();

        assertThat(bytes).isLessThan(60 << 10);
    }

    @Test
    void noFileParsesTextAsHtmlOrLeavesTheService() {
        FILES.all().forEach((name, file) -> {
            String text = new String(file.bytes(), StandardCharsets.UTF_8);
            assertThat(text)
                    .as(name)
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function")
                    .doesNotContainPattern("<style|\\sstyle=\"|\\son[a-z]+=\"|javascript:");
            String addresses = text.replace("http://www.w3.org/2000/svg", "").replace("https://www.cellucid.com/", "");
            assertThat(addresses).as(name).doesNotContainPattern("https?://");
        });
    }
}
