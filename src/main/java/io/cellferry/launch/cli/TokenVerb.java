package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.FactSheet;
import io.cellferry.launch.http.security.AccessToken;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.http.security.TokenStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `token list|add|revoke`: who may ask a service over this state folder. What they change holds at once, also in a
/// service that runs.
final class TokenVerb {

    private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    private TokenVerb() {}

    static CommandLine commandLine(Console console, Machine machine) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description("Say who may use the service: list, add and revoke tokens.");
        spec.mixinStandardHelpOptions(true);
        CommandLine token = new CommandLine(spec);
        token.addSubcommand("list", new ListAll(console, machine));
        token.addSubcommand("add", new Add(console, machine));
        token.addSubcommand("revoke", new Revoke(console, machine));
        return token;
    }

    /// `90m`, `12h` or `30d`.
    static Duration life(String said) {
        Matcher life = LIFE.matcher(said);
        if (!life.matches()) {
            throw new RequestRefused(
                    "--expires says \"%s\".".formatted(said), "Give it minutes, hours or days: 90m, 12h or 30d.");
        }
        long count = Long.parseLong(life.group(1));
        return switch (life.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private abstract static class OverState implements Callable<Integer> {
        final Console console;
        private final Machine machine;

        @Option(names = "--state-dir", paramLabel = "DIR", description = "Folder of tokens and run records.")
        private Optional<Path> stateDir = Optional.empty();

        OverState(Console console, Machine machine) {
            this.console = console;
            this.machine = machine;
        }

        TokenStore tokens() {
            return new TokenStore(machine.state(stateDir), Clock.systemUTC());
        }
    }

    @Command(description = "List tokens and until when they hold.", mixinStandardHelpOptions = true)
    private static final class ListAll extends OverState {
        ListAll(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        public Integer call() {
            TokenStore tokens = tokens();
            if (tokens.all().isEmpty()) {
                console.say("no tokens yet; `cellferry serve` makes the first one");
                return Cellferry.ok();
            }
            TextTable.lines(new FactSheet.Table(
                            "",
                            List.of("name", "role", "state", "created", "expires"),
                            tokens.all().stream()
                                    .map(token -> row(token, tokens))
                                    .toList()))
                    .forEach(console::result);
            return Cellferry.ok();
        }

        private static List<String> row(AccessToken token, TokenStore tokens) {
            return List.of(
                    token.name(),
                    token.role().word(),
                    token.state(tokens.now()),
                    token.created().toString().replaceAll("\\.\\d+", ""),
                    token.expires().toString().replaceAll("\\.\\d+", ""));
        }
    }

    @Command(description = "Make a token and print it, once.", mixinStandardHelpOptions = true)
    private static final class Add extends OverState {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                description = "Whose it is; stands in records and in the audit log.")
        private String name = "";

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = "viewer, runner or admin.")
        private String role = "";

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "How long it holds: 90m, 12h, 30d. Default: 365d.")
        private String expires = TokenStore.STANDARD_LIFE.toDays() + "d";

        Add(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        public Integer call() {
            TokenStore tokens = tokens();
            console.result(tokens.add(name, Role.of(role), life(expires)));
            if (console.lost().isPresent()) {
                tokens.revoke(name);
                console.say("token %s is revoked, as nobody has seen it; add one under another name".formatted(name));
            }
            return Cellferry.ok();
        }
    }

    @Command(description = "Let a token hold no longer.", mixinStandardHelpOptions = true)
    private static final class Revoke extends OverState {
        @Parameters(index = "0", paramLabel = "NAME", description = "The name it was made under.")
        private String name = "";

        Revoke(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        public Integer call() {
            tokens().revoke(name);
            console.say("token %s is revoked".formatted(name));
            return Cellferry.ok();
        }
    }
}
