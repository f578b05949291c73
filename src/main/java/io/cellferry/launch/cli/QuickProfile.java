package io.cellferry.launch.cli;

import io.cellferry.launch.profile.ProfileReader;
import io.cellferry.launch.profile.ProfileSummary;
import io.cellferry.launch.profile.RunProfile;
import io.cellferry.storage.StateFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// `--profile` of the verbs that leave no report: the recording lies in the state folder and its first lines are said.
final class QuickProfile {

    private static final int SAID = 5;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private QuickProfile() {}

    /// Does `work`, and records it when `wanted`.
    static int of(boolean wanted, String verb, Supplier<StateFolder> state, Console console, IntSupplier work) {
        if (!wanted) {
            return work.getAsInt();
        }
        Path file =
                state.get().folder("profiles").path().resolve("%s-%s.jfr".formatted(verb, NAME.format(Instant.now())));
        int code;
        try (RunProfile profile = RunProfile.start(file)) {
            code = work.getAsInt();
        }
        ProfileSummary summary = ProfileReader.read(file);
        console.say("profile " + file);
        say(console, "processor time", summary.processors());
        say(console, "memory asked for", summary.allocations());
        console.say("  most memory resident: " + Sizes.text(summary.peakResidentBytes()));
        return code;
    }

    private static void say(Console console, String what, List<ProfileSummary.Spot> spots) {
        spots.stream()
                .limit(SAID)
                .forEach(spot -> console.say("  %s: %4.1f %% %s".formatted(what, 100 * spot.share(), spot.where())));
    }
}
