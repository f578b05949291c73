package io.cellferry.jobs;

import io.cellferry.failure.RequestRefused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The options of one request, checked against the job's rules, absent ones filled with their standard values.
///
/// Two requests that mean the same have equal values here, in rule order: that makes run ids stable.
public final class OptionValues {

    private final SequencedMap<String, List<String>> values;

    private OptionValues(SequencedMap<String, List<String>> values) {
        this.values = Collections.unmodifiableSequencedMap(values);
    }

    /// Checks `given` and fills in what is missing. All mistakes are named in one refusal.
    public static OptionValues of(List<OptionRule> rules, Map<String, List<String>> given) {
        List<String> mistakes = new ArrayList<>();
        List<String> names = rules.stream().map(OptionRule::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                mistakes.add("There is no option \"%s\"; the nearest is \"%s\"."
                        .formatted(name, NearestWord.to(name, names)));
            }
        }
        SequencedMap<String, List<String>> values = new LinkedHashMap<>();
        for (OptionRule rule : rules) {
            List<String> said = given.getOrDefault(rule.name(), List.of());
            if (said.size() > 1 && !rule.repeatable()) {
                mistakes.add("Option %s is given %d times, once is allowed.".formatted(rule.name(), said.size()));
            }
            for (String value : said) {
                try {
                    rule.check(value);
                } catch (RequestRefused e) {
                    mistakes.add(e.getMessage());
                }
            }
            values.put(
                    rule.name(), said.isEmpty() ? rule.standard().map(List::of).orElse(List.of()) : List.copyOf(said));
        }
        if (!mistakes.isEmpty()) {
            throw new RequestRefused(
                    String.join("\n", mistakes), "Correct the options; `cellferry VERB --help` lists them all.");
        }
        return new OptionValues(values);
    }

    public Optional<String> text(String name) {
        List<String> all = texts(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    public List<String> texts(String name) {
        List<String> all = values.get(name);
        if (all == null) {
            throw new IllegalArgumentException("no rule for option " + name);
        }
        return all;
    }

    /// The text of an option that has a standard value.
    public String word(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("option " + name + " has no standard value"));
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(word(name));
    }

    /// All options in rule order; those without a value have an empty list.
    public SequencedMap<String, List<String>> all() {
        return values;
    }
}
