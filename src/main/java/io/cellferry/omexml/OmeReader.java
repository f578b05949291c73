package io.cellferry.omexml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads OME-XML as real files have it: of any year or none, with schema locations that are no XML names, with parts
/// that are referred to and not described.
///
/// Reads the text twice: first the instruments, which may stand behind the images that refer to them. Takes texts of
/// up to 32 Mi characters and a million elements; what it holds besides is less than 300 bytes an element.
public final class OmeReader {

    /// What the image reader lends of a description at most.
    private static final int MOST_CHARACTERS = 32 << 20;

    private static final String WRITE_OME =
            "Write the file as OME-TIFF; until then nothing is known of it but its pixels.";

    private OmeReader() {}

    /// What `xml`, the description of the file called `file`, says. Never fails: what cannot be read is a problem of
    /// the document that names `file`.
    public static OmeDocument read(String xml, String file) {
        Findings findings = new Findings(file);
        List<OmeImage> images = List.of();
        try {
            String text = markup(xml);
            Instruments instruments = new Instruments(findings);
            Optional<String> identifier = readInstruments(text, instruments, findings);
            images = readImages(text, instruments, new OwnFile(file, identifier), findings);
        } catch (Unreadable e) {
            findings.warn(e.code(), "OME-XML", e.found(), e.remedy());
        }
        return new OmeDocument(images, findings.all());
    }

    /// The text without what stands before and behind its markup: byte order marks, spaces and closing zeros of TIFF.
    private static String markup(String xml) throws Unreadable {
        int start = 0;
        int end = xml.length();
        while (start < end && isPadding(xml.charAt(start))) {
            start++;
        }
        while (end > start && isPadding(xml.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            throw new Unreadable("input.ome.missing", "OME-XML was expected, found an empty text", WRITE_OME);
        }
        if (end - start > MOST_CHARACTERS) {
            throw new Unreadable(
                    "input.ome.xml",
                    "the description is refused: it has %,d characters, and %,d is most"
                            .formatted(end - start, MOST_CHARACTERS),
                    "Leave annotations and regions of interest out of it.");
        }
        if (xml.charAt(start) != '<') {
            String beginning = xml.substring(start, Math.min(end, start + 40)).strip();
            throw new Unreadable(
                    "input.ome.other", "OME-XML was expected, found a text: '%s'".formatted(beginning), WRITE_OME);
        }
        return xml.substring(start, end);
    }

    private static boolean isPadding(char character) {
        return character == 0 || character == '\ufeff' || Character.isWhitespace(character);
    }

    /// Goes through the whole text and so finds whether it is well-formed. Gives the identifier of the text.
    private static Optional<String> readInstruments(String text, Instruments instruments, Findings findings)
            throws Unreadable {
        XmlCursor cursor = atRoot(text);
        Map<String, String> root = cursor.attributes();
        while (cursor.toChildOf(1)) {
            switch (cursor.name()) {
                case "Instrument" -> instruments.read(cursor);
                case "BinaryOnly" ->
                    findings.warn(
                            "input.ome.companion",
                            "OME-XML",
                            "describes nothing itself, but refers to '%s'"
                                    .formatted(cursor.attributes().getOrDefault("MetadataFile", "")),
                            "Write the file's OME-XML into the file itself; a file beside it is not read.");
                default -> {
                    // Images are read when all instruments are known; projects, plates and people not at all.
                }
            }
        }
        cursor.toEnd();
        return Optional.ofNullable(root.get("UUID"));
    }

    private static List<OmeImage> readImages(String text, Instruments instruments, OwnFile ownFile, Findings findings)
            throws Unreadable {
        XmlCursor cursor = atRoot(text);
        List<OmeImage> images = new ArrayList<>();
        int number = 0;
        while (cursor.toChildOf(1)) {
            if (cursor.name().equals("Image")) {
                Attributes image = new Attributes("image %d".formatted(number), cursor.attributes(), findings);
                new ImageReading(instruments, ownFile, image).read(cursor).ifPresent(images::add);
                number++;
            }
        }
        return images;
    }

    private static XmlCursor atRoot(String text) throws Unreadable {
        XmlCursor cursor = new XmlCursor(text);
        cursor.toRoot();
        if (!cursor.name().equals("OME")) {
            throw new Unreadable(
                    "input.ome.other", "OME-XML was expected, found an element %s".formatted(cursor.name()), WRITE_OME);
        }
        return cursor;
    }
}
