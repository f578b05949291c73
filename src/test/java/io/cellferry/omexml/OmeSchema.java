package io.cellferry.omexml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// The schema of OME-XML 2016-06 as its authors publish it, in the JDK's validator. Opens nothing over a network.
final class OmeSchema {

    private static final String XML_SCHEMA = "http://www.w3.org/2001/XMLSchema";
    private static final Schema SCHEMA = load();

    private OmeSchema() {}

    /// Everything the validator has to say against `xml`.
    static List<String> errors(byte[] xml) {
        List<String> errors = new ArrayList<>();
        Validator validator = SCHEMA.newValidator();
        validator.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {
                errors.add(e.getMessage());
            }

            @Override
            public void error(SAXParseException e) {
                errors.add(e.getMessage());
            }

            @Override
            public void fatalError(SAXParseException e) {
                errors.add(e.getMessage());
            }
        });
        try {
            validator.validate(new StreamSource(new ByteArrayInputStream(xml)));
        } catch (SAXException | IOException e) {
            errors.add(String.valueOf(e.getMessage()));
        }
        return errors;
    }

    /// The words the schema has for `attribute` of `element`, or for the type called so if `element` is empty.
    static List<String> words(String element, String attribute) {
        NodeList definitions =
                document().getElementsByTagNameNS(XML_SCHEMA, element.isEmpty() ? "simpleType" : "element");
        for (int i = 0; i < definitions.getLength(); i++) {
            Element definition = (Element) definitions.item(i);
            if (definition.getAttribute("name").equals(element.isEmpty() ? attribute : element)) {
                return element.isEmpty() ? enumeration(definition) : enumeration(attribute(definition, attribute));
            }
        }
        throw new AssertionError("the schema has no " + element + " " + attribute);
    }

    private static Element attribute(Element element, String name) {
        NodeList attributes = element.getElementsByTagNameNS(XML_SCHEMA, "attribute");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            if (attribute.getAttribute("name").equals(name)) {
                return attribute;
            }
        }
        throw new AssertionError("the schema has no attribute " + name);
    }

    private static List<String> enumeration(Element definition) {
        List<String> words = new ArrayList<>();
        NodeList values = definition.getElementsByTagNameNS(XML_SCHEMA, "enumeration");
        for (int i = 0; i < values.getLength(); i++) {
            words.add(((Element) values.item(i)).getAttribute("value"));
        }
        return words;
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(OmeSchema.class.getResource("/released-schema/" + name), name);
    }

    private static Document document() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try (InputStream schema = resource("2016-06/ome.xsd").openStream()) {
            return factory.newDocumentBuilder().parse(schema);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError("the schema cannot be read", e);
        }
    }

    private static Schema load() {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        try {
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "jar:file");
            StreamSource xmlNamespace =
                    new StreamSource(resource("external/xml.xsd").toExternalForm());
            StreamSource ome = new StreamSource(resource("2016-06/ome.xsd").toExternalForm());
            return factory.newSchema(new StreamSource[] {xmlNamespace, ome});
        } catch (SAXException e) {
            throw new AssertionError("the schema cannot be loaded", e);
        }
    }
}
