package io.cellferry.launch.http.api;

import io.cellferry.failure.RequestRefused;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A conversion as a client asks for it: what a job file says, with places as `name:path`.
record Asked(
        @Nullable String job,
        @Nullable String input,
        @Nullable String output,
        @Nullable Map<String, Object> options,
        @Nullable Boolean replace) {

    RunRequest request(RunDesk desk, DataRoots roots) {
        RunRequest asked = desk.request(
                required("job", job),
                roots.input(required("input", input)),
                roots.output(required("output", output)),
                options == null ? Map.of() : texts(options),
                Boolean.TRUE.equals(replace));
        // An option that names a file would be read aloud in the refusal of what is in it.
        asked.job().namedFiles(asked.request()).forEach(roots::checkedInput);
        return asked;
    }

    static String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new RequestRefused(
                    "\"%s\" is missing.".formatted(key), "Send it as a text in the JSON body of the request.");
        }
        return value;
    }

    /// Numbers and truth values mean what they look like, as in a job file.
    private static Map<String, List<String>> texts(Map<String, Object> options) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            List<?> values = value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
            texts.put(name, values.stream().map(one -> text(name, one)).toList());
        });
        return texts;
    }

    private static String text(String name, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new RequestRefused(
                "Option %s must be one text or a list of texts.".formatted(name), "Correct the body of the request.");
    }
}
