package io.cellferry.launch.jobfile;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.OptionRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// JSON schemas made from the option rules: one of job files for editors, and one of each job's options for forms.
public final class JobFileSchema {

    /// What editors understand; newer drafts would say nothing more here.
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

    private static final JsonMapper JSON = JsonMapper.shared();

    private JobFileSchema() {}

    /// The options of one job as an object: a property for each, with description, default and what it may say.
    /// `x-order` is its place among them.
    public static Map<String, Object> options(List<OptionRule> rules) {
        return options(rules, false);
    }

    /// `asWritten` also allows what YAML takes for a number or a truth where a word is meant: `zarr: 2` is fine.
    private static Map<String, Object> options(List<OptionRule> rules, boolean asWritten) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (OptionRule rule : rules) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", rule.help());
            Map<String, Object> one = values(rule.kind(), asWritten);
            if (rule.repeatable()) {
                Map<String, Object> several = new LinkedHashMap<>();
                several.put("type", "array");
                several.put("items", one);
                if (asWritten) {
                    property.put("anyOf", List.of(one, several));
                } else {
                    property.putAll(several);
                }
            } else {
                property.putAll(one);
            }
            rule.standard().ifPresent(word -> property.put("default", typed(rule.kind(), word)));
            property.put("x-order", properties.size());
            properties.put(rule.name(), property);
        }
        return closed(properties);
    }

    private static Map<String, Object> values(OptionRule.Kind kind, boolean asWritten) {
        return switch (kind) {
            case OptionRule.Kind.Text text ->
                asWritten
                        ? Map.of("type", List.of("string", "number", "boolean"))
                        : inOrder("type", "string", "minLength", 1);
            case OptionRule.Kind.Choice choice -> words(choice.words(), asWritten);
            case OptionRule.Kind.Flag flag -> inOrder("type", "boolean");
            case OptionRule.Kind.Whole whole ->
                orWords(
                        inOrder("type", "integer", "minimum", whole.min(), "maximum", whole.max()),
                        whole.words(),
                        asWritten);
            case OptionRule.Kind.Decimal decimal ->
                orWords(
                        inOrder("type", "number", "minimum", decimal.min(), "maximum", decimal.max()),
                        decimal.words(),
                        asWritten);
        };
    }

    private static Map<String, Object> orWords(Map<String, Object> number, List<String> words, boolean asWritten) {
        return words.isEmpty() ? number : Map.of("anyOf", List.of(number, words(words, asWritten)));
    }

    private static Map<String, Object> words(List<String> words, boolean asWritten) {
        List<Object> all = new ArrayList<>(words);
        if (asWritten) {
            words.stream()
                    .map(JobFileSchema::unquoted)
                    .flatMap(Optional::stream)
                    .forEach(all::add);
        }
        return asWritten ? inOrder("enum", all) : inOrder("type", "string", "enum", all);
    }

    /// What the word is without quotes, if that is not a text.
    private static Optional<Object> unquoted(String word) {
        try {
            Object value = JSON.readValue(word, Object.class);
            return value instanceof String ? Optional.empty() : Optional.ofNullable(value);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Object typed(OptionRule.Kind kind, String word) {
        return switch (kind) {
            case OptionRule.Kind.Text text -> word;
            case OptionRule.Kind.Choice choice -> word;
            case OptionRule.Kind.Flag flag -> Boolean.valueOf(word);
            case OptionRule.Kind.Whole whole -> whole.words().contains(word) ? word : (Object) Long.valueOf(word);
            case OptionRule.Kind.Decimal decimal ->
                decimal.words().contains(word) ? word : (Object) Double.valueOf(word);
        };
    }

    /// All that a job file may say, for editors that complete and underline.
    public static Map<String, Object> of(List<ConversionJob> jobs) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "job",
                inOrder(
                        "description",
                        "What to do.",
                        "enum",
                        jobs.stream().map(ConversionJob::name).toList()));
        properties.put(
                "input",
                text("What to read; relative to this file. With `watch`, \"{file}\" stands for what arrived and {name}"
                        + " for its name without extension."));
        properties.put("output", text("Where to write; relative to this file. With `watch`, {name} stands in it."));
        properties.put("options", inOrder("type", List.of("object", "null")));
        properties.put("schedule", schedule());
        properties.put("watch", watch());
        Map<String, Object> schema = inOrder("$schema", DRAFT, "title", "A job file of cellferry");
        schema.putAll(closed(properties));
        schema.put("required", List.of("job", "input", "output"));
        schema.put("not", Map.of("required", List.of("schedule", "watch")));
        schema.put("allOf", jobs.stream().map(JobFileSchema::ofJob).toList());
        return schema;
    }

    private static Map<String, Object> ofJob(ConversionJob job) {
        Map<String, Object> options = options(job.options(), true);
        options.put("type", List.of("object", "null"));
        options.put("description", job.summary());
        return inOrder(
                "if",
                inOrder("properties", Map.of("job", Map.of("const", job.name())), "required", List.of("job")),
                "then",
                Map.of("properties", Map.of("options", options)));
    }

    private static Map<String, Object> schedule() {
        Map<String, Object> cron =
                text("Five fields of cron (minute hour day month weekday), or six with seconds first.");
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("cron", cron);
        keys.put("zone", inOrder("description", "Such as Europe/Berlin.", "type", "string", "default", "UTC"));
        keys.put(
                "missed",
                inOrder(
                        "description",
                        "What becomes of times at which no service was there.",
                        "enum",
                        List.of("once", "skip"),
                        "default",
                        "once"));
        Map<String, Object> mapping = closed(keys);
        mapping.put("required", List.of("cron"));
        return inOrder("description", "When to run it.", "anyOf", List.of(cron, mapping));
    }

    private static Map<String, Object> watch() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("folder", text("Where files arrive; relative to this file."));
        keys.put("pattern", text("Which names, such as *.h5ad."));
        keys.put("done", text("A file has arrived when one of its name and this suffix lies beside it."));
        keys.put(
                "settle",
                inOrder(
                        "description",
                        "A file has arrived when it has not changed for so long.",
                        "type",
                        "string",
                        "pattern",
                        "^[1-9][0-9]{0,5}[smh]$",
                        "default",
                        "30s"));
        Map<String, Object> mapping = closed(keys);
        mapping.put("description", "Run it for each file that arrives.");
        mapping.put("required", List.of("folder", "pattern"));
        return mapping;
    }

    private static Map<String, Object> text(String description) {
        return inOrder("description", description, "type", "string", "minLength", 1);
    }

    private static Map<String, Object> closed(Map<String, Object> properties) {
        return inOrder("type", "object", "properties", properties, "additionalProperties", false);
    }

    private static Map<String, Object> inOrder(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
