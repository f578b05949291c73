package io.cellferry.launch;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.NearestWord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.unit.DataSize;

/// A value or a key of `application.yml` that cannot be taken, in words and with its line.
final class SettingsMistake {

    private static final Map<String, Class<? extends Record>> SECTIONS = Map.of(
            "cellferry", MachineSettings.class,
            "cellferry.repository", MachineSettings.Repository.class,
            "cellferry.serve", ServiceSettings.class);

    private static final String REMEDY =
            "Correct the file; below `cellferry:` it may say memory, threads, work-dir, state-dir, repository and serve.";

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            DataSize.class, "a size such as 2GB",
            Integer.class, "a whole number",
            Boolean.class, "true or false",
            Map.class, "names with a folder each");

    /// What the file may begin with: our own keys, and those the framework takes.
    private static final List<String> FIRST =
            List.of("cellferry", "server", "spring", "logging", "management", "info", "debug", "trace");

    /// The name that the framework gives to what it finds instead of keys.
    private static final String NO_KEYS = "document(\\[.*)?";

    private SettingsMistake() {}

    /// Refuses a key of the first level that nobody reads: settings below `celferry:`, or settings that lost their
    /// indentation, would not hold and nobody would say so.
    static void refuseStrangers(Path file, List<PropertySource<?>> sources) {
        for (PropertySource<?> source : sources) {
            if (source instanceof EnumerablePropertySource<?> all) {
                for (String name : all.getPropertyNames()) {
                    refuseStranger(file, all, name);
                }
            }
        }
    }

    private static void refuseStranger(Path file, PropertySource<?> source, String name) {
        String first = name.split("[.\\[]", 2)[0];
        String plain = first.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
        if (FIRST.contains(plain)) {
            return;
        }
        String place = place(file, OriginLookup.getOrigin(source, name));
        if (name.matches(NO_KEYS)) {
            throw new RequestRefused(
                    place + "expected keys such as `cellferry:`, found a list or a single value.", REMEDY);
        }
        String nearest = keys(MachineSettings.class).contains(first)
                ? "it belongs below `cellferry:`"
                : "the nearest known key is `%s`".formatted(NearestWord.to(first, FIRST));
        throw new RequestRefused("%sunknown key `%s`; %s.".formatted(place, first, nearest), REMEDY);
    }

    static RequestRefused refusal(Path file, BindException e) {
        Throwable cause = e.getCause();
        String found;
        if (cause instanceof UnboundConfigurationPropertiesException unknown) {
            ConfigurationProperty first =
                    unknown.getUnboundProperties().iterator().next();
            found = place(file, first) + unknownKey(first.getName());
        } else {
            found = place(file, e.getProperty()) + wrongValue(e);
        }
        return new RequestRefused(found, REMEDY, e);
    }

    private static String place(Path file, @Nullable ConfigurationProperty property) {
        return place(file, property == null ? null : property.getOrigin());
    }

    /// As compilers say it: `file:line:column: `.
    private static String place(Path file, @Nullable Origin said) {
        String location = Optional.ofNullable(said)
                .map(origin -> origin instanceof PropertySourceOrigin source ? source.getOrigin() : origin)
                .filter(TextResourceOrigin.class::isInstance)
                .map(origin -> ((TextResourceOrigin) origin).getLocation())
                .map(at -> ":" + at)
                .orElse("");
        return "%s%s: ".formatted(file, location);
    }

    private static String unknownKey(ConfigurationPropertyName name) {
        String section = name.getParent().toString();
        if (name.isLastElementIndexed()) {
            return "`%s` is no list.".formatted(section);
        }
        String key = name.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
        return Optional.ofNullable(SECTIONS.get(section))
                .map(SettingsMistake::keys)
                .map(known -> "unknown key `%s` in `%s`; the nearest known key is `%s`."
                        .formatted(key, section, NearestWord.to(key, known)))
                .orElseGet(() -> "unknown key `%s` in `%s`.".formatted(key, section));
    }

    private static List<String> keys(Class<? extends Record> section) {
        return Arrays.stream(section.getRecordComponents())
                .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
                .toList();
    }

    private static String wrongValue(BindException e) {
        String expected = EXPECTED.getOrDefault(e.getTarget().getType().resolve(Object.class), "another value");
        return Optional.ofNullable(e.getProperty())
                .map(property -> "`%s` must be %s, not `%s`.".formatted(e.getName(), expected, property.getValue()))
                .orElseGet(() -> "`%s` must be %s.".formatted(e.getName(), expected));
    }
}
