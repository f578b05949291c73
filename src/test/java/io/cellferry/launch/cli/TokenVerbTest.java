package io.cellferry.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens as a person manages them, and where a service refuses to listen.
class TokenVerbTest {

    @TempDir
    Path temporary;

    private Program program;

    @BeforeEach
    void start() throws IOException {
        program = new Program(temporary.toRealPath());
    }

    @Test
    void aTokenIsShownOnceAndListedByName() {
        var added = program.run("token", "add", "anna", "--role", "runner", "--expires", "30d");
        assertThat(added.code()).isZero();
        assertThat(added.results()).matches("cfy_[A-Za-z0-9_-]{43}\n");

        assertThat(program.run("token", "list").results())
                .contains("anna", "runner", "valid")
                .doesNotContain("cfy_");
        assertThat(program.run("token", "revoke", "anna").code()).isZero();
        assertThat(program.run("token", "list").results()).contains("revoked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token add anna --role god",
                "token add anna",
                "token add a/b --role viewer",
                "token add anna --role viewer --expires soon",
                "token add anna --role viewer --expires 999999d",
                "token revoke nobody"
            })
    void nonsenseIsRefused(String command) {
        assertThat(program.run(command.split(" ")).code()).isEqualTo(64);
        assertThat(program.run("token", "list").results()).isEmpty();
    }

    @Test
    void aTokenThatNobodySawDoesNotHold() {
        var lost = program.run(CommandLineTest.fullDisk(), "token", "add", "anna", "--role", "runner");

        assertThat(lost.code()).isEqualTo(74);
        assertThat(lost.messages()).contains("token anna is revoked").doesNotContain("cfy_");
        assertThat(program.run("token", "list").results()).contains("revoked").doesNotContain("valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port -1", "--port 65536", "--management-port 70000", "--port 9 --management-port 9"})
    void portsThatCannotBeAreRefused(String ports) throws IOException {
        Files.writeString(
                program.folder().resolve("application.yml"), "cellferry: {serve: {write: {exports: exports}}}\n");
        Files.createDirectory(program.folder().resolve("exports"));

        var refused = program.run(("serve " + ports).split(" "));

        assertThat(refused.code()).isEqualTo(64);
        assertThat(refused.messages()).contains(ports.split(" ")[0], "to do:");
    }

    @Test
    void aServiceForOthersNeedsEncryption() throws IOException {
        Files.writeString(program.folder().resolve("application.yml"), """
                cellferry:
                  serve:
                    write:
                      exports: .
                """);
        var refused = program.run("serve", "--address", "0.0.0.0", "--port", "0", "--management-port", "0");

        assertThat(refused.code()).isEqualTo(64);
        assertThat(refused.messages()).contains("0.0.0.0", "server.ssl.certificate", "behind-proxy");
    }
}
