package io.cellferry.jobs;

import io.cellferry.failure.RequestRefused;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One option of a job: its name, what it may say, what it says when absent.
///
/// The same rules make the command line's flags, check job files, and generate the JSON schema for editors.
public record OptionRule(String name, Kind kind, Optional<String> standard, boolean repeatable, String help) {

    /// As people write numbers; Java would also take blanks around it, 0.9f and 0x1p-1.
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    public sealed interface Kind {

        record Text() implements Kind {}

        record Choice(List<String> words) implements Kind {
            public Choice {
                words = List.copyOf(words);
            }
        }

        /// A whole number, or one of `words`.
        record Whole(long min, long max, List<String> words) implements Kind {
            public Whole {
                words = List.copyOf(words);
            }
        }

        /// A decimal number, or one of `words`.
        record Decimal(double min, double max, List<String> words) implements Kind {
            public Decimal {
                words = List.copyOf(words);
            }
        }

        record Flag() implements Kind {}
    }

    public static OptionRule text(String name, String help) {
        return new OptionRule(name, new Kind.Text(), Optional.empty(), false, help);
    }

    public static OptionRule texts(String name, String help) {
        return new OptionRule(name, new Kind.Text(), Optional.empty(), true, help);
    }

    /// Off unless it is named.
    public static OptionRule flag(String name, String help) {
        return new OptionRule(name, new Kind.Flag(), Optional.of("false"), false, help);
    }

    public static OptionRule choice(String name, String standard, String help, String... words) {
        return new OptionRule(name, new Kind.Choice(List.of(words)), Optional.of(standard), false, help);
    }

    public static OptionRule whole(String name, String standard, long min, long max, String help, String... words) {
        return new OptionRule(name, new Kind.Whole(min, max, List.of(words)), Optional.of(standard), false, help);
    }

    public static OptionRule decimal(
            String name, String standard, double min, double max, String help, String... words) {
        return new OptionRule(name, new Kind.Decimal(min, max, List.of(words)), Optional.of(standard), false, help);
    }

    public OptionRule standard(String value) {
        return new OptionRule(name, kind, Optional.of(value), repeatable, help);
    }

    /// The same without a standard value: what holds when it is not given is for the job to say.
    public OptionRule open() {
        return new OptionRule(name, kind, Optional.empty(), repeatable, help);
    }

    /// What the option may say, in words.
    public String expected() {
        return switch (kind) {
            case Kind.Text text -> "text";
            case Kind.Flag flag -> "true or false";
            case Kind.Choice choice -> "one of " + String.join(", ", choice.words());
            case Kind.Whole whole ->
                "a whole number from %d to %d".formatted(whole.min(), whole.max()) + orWords(whole.words());
            case Kind.Decimal decimal ->
                "a number from %s to %s".formatted(decimal.min(), decimal.max()) + orWords(decimal.words());
        };
    }

    private static String orWords(List<String> words) {
        return words.isEmpty() ? "" : " or " + String.join(" or ", words);
    }

    /// Refuses a value the option may not have.
    public void check(String value) {
        boolean good =
                switch (kind) {
                    case Kind.Text text -> !value.isEmpty();
                    case Kind.Flag flag -> value.equals("true") || value.equals("false");
                    case Kind.Choice choice -> choice.words().contains(value);
                    case Kind.Whole whole ->
                        whole.words().contains(value) || isWholeWithin(value, whole.min(), whole.max());
                    case Kind.Decimal decimal ->
                        decimal.words().contains(value) || isDecimalWithin(value, decimal.min(), decimal.max());
                };
        if (!good) {
            throw new RequestRefused(
                    "Option %s must be %s, not \"%s\".".formatted(name, expected(), value),
                    "Correct the value of %s.".formatted(name));
        }
    }

    private static boolean isWholeWithin(String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            return number >= min && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDecimalWithin(String value, double min, double max) {
        if (!DECIMAL.matcher(value).matches()) {
            return false;
        }
        double number = Double.parseDouble(value);
        return number >= min && number <= max;
    }
}
