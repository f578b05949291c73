package io.cellferry.launch.http.exports;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names in the path of a request, decoded once. What could mean anything but a name (dots, separators, controls,
/// twice encoded or broken text) is no path at all.
final class RequestPath {

    private static final int MOST_CHARACTERS = 4096;
    /// Names of files have at most 255 bytes, and `.cellferry.json` has to fit behind.
    private static final int MOST_NAME_BYTES = 240;

    private RequestPath() {}

    /// The names in `raw`, which begins with a slash; the last one is empty when it ends with one.
    static Optional<List<String>> names(String raw) {
        if (!raw.startsWith("/") || raw.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String[] parts = raw.substring(1).split("/", -1);
        List<String> names = new ArrayList<>(parts.length);
        for (int part = 0; part < parts.length; part++) {
            Optional<String> name = decoded(parts[part]);
            boolean last = part == parts.length - 1;
            if (name.isEmpty() || !last && name.get().isEmpty() || isDots(name.get())) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(List.copyOf(names));
    }

    private static boolean isDots(String name) {
        return name.equals(".") || name.equals("..");
    }

    private static Optional<String> decoded(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int at = 0; at < part.length(); at++) {
            int character = part.charAt(at);
            if (character == '%') {
                boolean cut = at + 2 >= part.length();
                int high = cut ? -1 : Character.digit(part.charAt(at + 1), 16);
                int low = cut ? -1 : Character.digit(part.charAt(at + 2), 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                character = high * 16 + low;
                at += 2;
            } else if (character > '~' || character == ';') {
                return Optional.empty();
            }
            if (character < ' ' || character == 0x7f || character == '/' || character == '\\') {
                return Optional.empty();
            }
            bytes.write(character);
        }
        return bytes.size() > MOST_NAME_BYTES ? Optional.empty() : text(bytes.toByteArray());
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
