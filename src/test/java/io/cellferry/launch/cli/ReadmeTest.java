package io.cellferry.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README's first screen tells people to type works as it stands there.
class ReadmeTest {

    private static List<String> firstCommands() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        int begin = lines.indexOf("```sh") + 1;
        int end = begin + lines.subList(begin, lines.size()).indexOf("```");
        return lines.subList(begin, end).stream()
                .map(line -> line.replaceAll("\\s+#.*", "").strip())
                .toList();
    }

    @Test
    void theCommandsOfTheFirstScreenSucceedInThisOrder(@TempDir Path empty) throws IOException {
        Program program = new Program(empty);
        List<String> commands = firstCommands().stream()
                .filter(command -> command.startsWith("./cellferry "))
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(2);
        for (String command : commands) {
            String[] arguments = command.substring("./cellferry ".length()).split(" ");
            Program.Answer answer = program.run(arguments);
            assertThat(answer.code())
                    .as("%s said:%n%s%s", command, answer.results(), answer.messages())
                    .isZero();
        }
        assertThat(program.folder().resolve("exports/demo/dataset_identity.json"))
                .isRegularFile();
        assertThat(program.folder().resolve("exports/demo.cellferry.json")).isRegularFile();
    }

    @Test
    void continuousIntegrationRunsExactlyTheTestCommandOfTheReadme() throws IOException {
        List<String> tests = firstCommands().stream()
                .filter(command -> command.startsWith("mvn "))
                .toList();

        assertThat(tests).hasSize(1);
        assertThat(Files.readAllLines(Path.of(".ci/run"))).containsAll(tests);
    }
}
