package io.cellferry.omexml;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Walks an XML text from element to element, within bounds that no description of an image comes near.
///
/// Prefixes are cut off and namespaces not resolved: files declare any year's, a wrong one or none, and some use
/// prefixes they never declare. A text with a document type is refused whatever it says, so no entity can grow and
/// nothing outside is ever opened. Holds nothing but the element it stands on.
final class XmlCursor {

    /// Element within element; descriptions reach about ten, foreign annotations in them some more. Less than the
    /// parser stops at by itself.
    private static final int DEEPEST = 64;

    /// Of one element; no element of the schema has more than thirty.
    private static final String MOST_ATTRIBUTES = "200";

    /// More than a text of the longest size allowed has when it describes real planes; bounds what readers collect.
    private static final int MOST_ELEMENTS = 1_000_000;

    /// Values are names, numbers, dates and identifiers.
    private static final int LONGEST_TEXT = 1_000;

    /// The parser puts the position before it, in a form of its own.
    private static final String BEFORE_REASON = "Message: ";

    private static final String WRITE_AGAIN =
            "Write the file's OME-XML again, or copy the file again if it was cut off.";

    private final XMLStreamReader xml;
    private int depth;
    private long elements;

    XmlCursor(String text) throws Unreadable {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.elementAttributeLimit", MOST_ATTRIBUTES);
        try {
            xml = factory.createXMLStreamReader(new StringReader(text));
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /// Moves on to the first element.
    void toRoot() throws Unreadable {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // What may come before is a declaration and comments.
        }
    }

    /// How deep the element stands; 1 is the first one.
    int depth() {
        return depth;
    }

    /// Moves on to the next child of the element at `parent`, over what lies deeper; false at its end.
    boolean toChildOf(int parent) throws Unreadable {
        while (depth >= parent) {
            if (next() == XMLStreamConstants.START_ELEMENT && depth == parent + 1) {
                return true;
            }
        }
        return false;
    }

    /// Reads on to the end, so that a text that breaks off behind what matters is not taken for a whole one.
    void toEnd() throws Unreadable {
        while (next() != XMLStreamConstants.END_DOCUMENT) {
            // Only well-formedness matters here.
        }
    }

    /// Of the element it stands on.
    String name() {
        String name = xml.getLocalName();
        return name.substring(name.indexOf(':') + 1);
    }

    /// Attributes without a prefix, each as far as a value may be long.
    Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String prefix = xml.getAttributePrefix(i);
            if (prefix == null || prefix.isEmpty()) {
                String value = xml.getAttributeValue(i);
                attributes.put(
                        xml.getAttributeLocalName(i), value.substring(0, Math.min(value.length(), LONGEST_TEXT)));
            }
        }
        return attributes;
    }

    /// The text right inside the element it stands on, without the spaces around it; moves to the element's end.
    String text() throws Unreadable {
        int own = depth;
        StringBuilder text = new StringBuilder();
        while (depth >= own) {
            int event = next();
            boolean isText = event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA;
            if (isText && depth == own && text.length() < LONGEST_TEXT) {
                text.append(xml.getText(), 0, Math.min(xml.getTextLength(), LONGEST_TEXT - text.length()));
            }
        }
        return text.toString().strip();
    }

    /// Counts `more` elements that the text leaves out and a reader makes up: a few words could ask for billions.
    void count(int more) throws Unreadable {
        elements += more;
        if (elements > MOST_ELEMENTS) {
            throw tooMuch("more than %,d elements".formatted(MOST_ELEMENTS));
        }
    }

    private int next() throws Unreadable {
        int event;
        try {
            event = xml.next();
        } catch (XMLStreamException e) {
            throw broken(e);
        }
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                depth++;
                if (depth > DEEPEST) {
                    throw tooMuch("%,d elements within each other".formatted(depth));
                }
                count(1);
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD -> throw tooMuch("a document type, which OME-XML has not");
            default -> {
                // Text, comments and instructions do not move the cursor up or down.
            }
        }
        return event;
    }

    private static Unreadable tooMuch(String found) {
        return new Unreadable("input.ome.xml", "the description is refused: it has " + found, WRITE_AGAIN);
    }

    private static Unreadable broken(XMLStreamException cause) {
        String message = String.valueOf(cause.getMessage());
        int reason = message.indexOf(BEFORE_REASON);
        Unreadable broken = new Unreadable(
                "input.ome.xml",
                "the description is no well-formed XML: line %,d, column %,d: %s"
                        .formatted(
                                cause.getLocation().getLineNumber(),
                                cause.getLocation().getColumnNumber(),
                                reason < 0 ? message : message.substring(reason + BEFORE_REASON.length())),
                WRITE_AGAIN);
        broken.initCause(cause);
        return broken;
    }
}
