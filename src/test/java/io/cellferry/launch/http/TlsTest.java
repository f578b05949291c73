package io.cellferry.launch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.http.security.Guarding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/// The service does TLS itself when it is given a certificate, and beyond this machine nothing without.
class TlsTest {

    private static final char[] PASSWORD = "secret".toCharArray();
    private static final Guarding BEHIND_PROXY = new Guarding(Set.of(), true, Set.of(), 1);

    @TempDir
    Path folder;

    private Map<String, String> settings = Map.of();
    private KeyStore keys;

    @BeforeEach
    void makeACertificate() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "cells",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=cells",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        Files.writeString(
                folder.resolve("cells.pem"),
                pem("CERTIFICATE", keys.getCertificate("cells").getEncoded()));
        Files.writeString(
                folder.resolve("cells.key"),
                pem("PRIVATE KEY", keys.getKey("cells", PASSWORD).getEncoded()));
    }

    @AfterEach
    void forgetTheSettings() {
        settings.keySet().forEach(System::clearProperty);
    }

    /// Settings as the environment gives them; those of `application.yml` are read in the same way.
    private void say(Map<String, String> said) {
        settings = said;
        said.forEach(System::setProperty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key store", "certificate and key"})
    void itAnswersOverTlsOnly(String kind) throws Exception {
        say(
                kind.equals("key store")
                        ? Map.of(
                                "server.ssl.key-store",
                                folder.resolve("keys.p12").toString(),
                                "server.ssl.key-store-password",
                                new String(PASSWORD))
                        : Map.of(
                                "server.ssl.certificate",
                                folder.resolve("cells.pem").toString(),
                                "server.ssl.certificate-private-key",
                                folder.resolve("cells.key").toString()));
        try (RunningService service = RunningService.in(Files.createDirectory(folder.resolve("home")));
                HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
            Files.writeString(service.folder().resolve("in/rubbish.h5ad"), "no cells here");
            URI address = URI.create(service.said());
            assertThat(address).hasScheme("https").hasHost("127.0.0.1").hasPort(service.port());

            HttpResponse<String> asked = client.send(
                    request(service, address.resolve("/api/v1/runs"))
                            .header("Content-Type", "application/json")
                            .header("Origin", service.said())
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                    {"job": "cellucid-export", "input": "data:rubbish.h5ad",
                                     "output": "exports:never"}"""))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(asked.statusCode()).isEqualTo(202);
            assertThat(asked.headers().firstValue("Strict-Transport-Security").orElse(""))
                    .startsWith("max-age=")
                    .doesNotContain("includeSubDomains");

            URI run = asked.uri().resolve(asked.headers().firstValue("Location").orElseThrow());
            assertThat(run).hasScheme("https").hasPort(service.port());
            assertThat(client.send(request(service, run).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(RawRequest.get(service.port(), "/api/v1/me", "Authorization: Bearer " + service.token()))
                    .as("in the clear")
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("admin");
            assertThat(RawRequest.get(service.managementPort(), "/actuator/health"))
                    .as("health stays on the loopback address, where no certificate names it")
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void beyondThisMachineItWantsTlsOrAProxy() {
        ListenAddress everywhere = new ListenAddress("0.0.0.0", 0, 0);

        assertThatThrownBy(() -> TransportRule.check(everywhere, Guarding.STANDARD, saying(Map.of())))
                .isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> TransportRule.check(
                        everywhere,
                        Guarding.STANDARD,
                        saying(Map.of("server.ssl.certificate", "cells.pem", "server.ssl.enabled", "false"))))
                .isInstanceOf(RequestRefused.class);
        assertThatCode(() -> TransportRule.check(everywhere, BEHIND_PROXY, saying(Map.of())))
                .doesNotThrowAnyException();
        assertThatCode(() -> TransportRule.check(
                        everywhere, Guarding.STANDARD, saying(Map.of("server.ssl.key-store", "keys.p12"))))
                .doesNotThrowAnyException();
    }

    private static StandardEnvironment saying(Map<String, Object> said) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("said", said));
        return environment;
    }

    private static HttpRequest.Builder request(RunningService service, URI address) {
        return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + service.token());
    }

    private SSLContext trust() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("cells", keys.getCertificate("cells"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static String pem(String what, byte[] bytes) throws IOException {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    }
}
