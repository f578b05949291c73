package io.cellferry.launch.http.api;

import io.cellferry.jobs.NearestWord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What the framework could not read of a request, in words: which key, which parameter, where.
final class UnreadableRequest {

    private UnreadableRequest() {}

    /// Empty for what nothing better can be said of than its status.
    static Optional<String> detail(Exception thrown) {
        return switch (thrown) {
            case HttpMessageNotReadableException body -> Optional.of(ofBody(body.getCause()));
            case MissingServletRequestParameterException missing ->
                Optional.of("The address lacks \"?%s=\".".formatted(missing.getParameterName()));
            case TypeMismatchException wrong ->
                Optional.of("The value of \"%s\" in the address cannot be read.".formatted(wrong.getPropertyName()));
            case HttpRequestMethodNotSupportedException method ->
                Optional.of("This address does not take %s.".formatted(method.getMethod()));
            case HttpMediaTypeNotSupportedException type ->
                Optional.of("The body must be JSON, with Content-Type: application/json.");
            case HttpMediaTypeNotAcceptableException type ->
                Optional.of("The Accept header takes none of the types in which this address answers.");
            default -> Optional.empty();
        };
    }

    private static String ofBody(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            return "There is no key \"%s\"; the nearest is \"%s\"."
                    .formatted(unknown.getPropertyName(), NearestWord.to(unknown.getPropertyName(), known));
        }
        if (cause instanceof MismatchedInputException wrong && !wrong.getPath().isEmpty()) {
            String key = wrong.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .filter(name -> name != null)
                    .collect(Collectors.joining("."));
            return "The value of \"%s\" has the wrong type.".formatted(key);
        }
        if (cause instanceof JacksonException broken) {
            TokenStreamLocation at = broken.getLocation();
            return "The body cannot be read near line %d, column %d; it must be a JSON object in UTF-8 that says each key once."
                    .formatted(at.getLineNr(), at.getColumnNr());
        }
        return "The body must be the JSON object that this address takes.";
    }
}
