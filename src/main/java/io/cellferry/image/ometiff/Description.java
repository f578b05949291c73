package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Utf8;
import io.cellferry.failure.Problem;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The text of a file's first directory, read when somebody asks for it: whoever opens the file for its pixels alone
/// should not pay for it. Held from then on, up to 2 bytes for each of [#MOST_BYTES], besides twice these bytes while
/// it is decoded.
///
/// It is UTF-8, as OME-XML has it, or UTF-16 that shows itself by its mark or its first character; what is neither is
/// taken for Latin-1, which every byte is.
final class Description {

    /// OME-XML of large plates has some megabytes.
    private static final int MOST_BYTES = 32 << 20;

    static final Description NONE = new Description();

    private final String where;
    private final Optional<Stored> stored;
    private @Nullable Read read;

    private record Stored(TiffBytes bytes, ByteOrder order, Entry entry) {}

    private record Read(Optional<String> text, List<Problem> problems) {}

    private Description() {
        this.where = "";
        this.stored = Optional.empty();
    }

    /// That of `directory`, which is called `where`.
    Description(TiffBytes bytes, Directory directory, String where) {
        this.where = where;
        this.stored = directory
                .entry(Tag.IMAGE_DESCRIPTION)
                .map(entry -> new Stored(bytes, directory.header().order(), entry));
    }

    Optional<String> text() {
        return read().text();
    }

    List<Problem> problems() {
        return read().problems();
    }

    private synchronized Read read() {
        Read known = read;
        if (known == null) {
            known = stored.map(this::read).orElseGet(() -> new Read(Optional.empty(), List.of()));
            read = known;
        }
        return known;
    }

    private Read read(Stored from) {
        if (from.entry().count() > MOST_BYTES) {
            return new Read(
                    Optional.empty(),
                    List.of(
                            Problem.warning(
                                    "input.tiff.description",
                                    where,
                                    "its description has %s bytes and is not read; %,d is most"
                                            .formatted(
                                                    Long.toUnsignedString(
                                                            from.entry().count()),
                                                    MOST_BYTES),
                                    "Leave annotations and regions of interest out of it; until then nothing of it is known.")));
        }
        byte[] text;
        try {
            text = Directory.bytes(from.bytes(), from.order(), Tag.IMAGE_DESCRIPTION, from.entry(), MOST_BYTES);
        } catch (Malformed e) {
            return new Read(
                    Optional.empty(),
                    List.of(Problem.refusal("input.tiff.description", where, e.found(), OmeTiffFile.COPY_AGAIN)));
        }
        Optional<Charset> wide = wide(text);
        if (wide.isPresent()) {
            String decoded = new String(text, 0, text.length / 2 * 2, wide.get());
            int end = decoded.indexOf('\0');
            return new Read(Optional.of(end < 0 ? decoded : decoded.substring(0, end)), List.of());
        }
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        Optional<String> narrow = Utf8.text(text, 0, length);
        if (narrow.isPresent()) {
            return new Read(narrow, List.of());
        }
        return new Read(
                Optional.of(new String(text, 0, length, StandardCharsets.ISO_8859_1)),
                List.of(Problem.warning(
                        "input.tiff.description",
                        where,
                        "its description is not UTF-8 and taken for Latin-1",
                        "Check the micro signs and names in it.")));
    }

    /// The kind of UTF-16, by its mark or by a first `<`; empty if it is none.
    private static Optional<Charset> wide(byte[] text) {
        if (text.length < 2) {
            return Optional.empty();
        }
        return switch ((text[0] & 255) << 8 | text[1] & 255) {
            case 0xFEFF, '<' -> Optional.of(StandardCharsets.UTF_16BE);
            case 0xFFFE, '<' << 8 -> Optional.of(StandardCharsets.UTF_16LE);
            default -> Optional.empty();
        };
    }
}
