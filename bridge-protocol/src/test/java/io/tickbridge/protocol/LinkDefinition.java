package io.tickbridge.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The definition file itself, read without the generator: what the tests hold everything else to. */
record LinkDefinition(List<Field> header, Map<String, Message> messages, Map<String, Enumeration> enumerations) {
    static final Path MODULE = Path.of(System.getProperty("tickbridge.root", ".."), "bridge-protocol");
    private static final Map<String, Integer> SIZES = Map.of(
            "uint8", 1, "char", 1, "uint16", 2, "uint32", 4, "int32", 4, "uint64", 8, "int64", 8);

    /** A message: its block's fields and length. */
    record Message(int templateId, int blockLength, List<Field> fields) {
    }

    /** A field: {@code type} as the specification writes it, {@code enumeration} null where it is none. */
    record Field(String name, int offset, String type, String primitive, int count, String enumeration,
            boolean optional) {
        int length() {
            return SIZES.get(primitive) * count;
        }

        boolean isPadding() {
            return name.startsWith("padding");
        }
    }

    /** An enumeration: the names by their number. */
    record Enumeration(String type, Map<Integer, String> names) {
    }

    static LinkDefinition read() {
        try {
            final Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(MODULE.resolve("src/main/sbe/tickbridge-link.xml").toFile()).getDocumentElement();
            final Map<String, Enumeration> enumerations = new LinkedHashMap<>();
            for (final Element e : children(root, "enum")) {
                final Map<Integer, String> names = new LinkedHashMap<>();
                children(e, "validValue").forEach(
                        v -> names.put(Integer.parseInt(v.getTextContent()), v.getAttribute("name")));
                enumerations.put(e.getAttribute("name"), new Enumeration(e.getAttribute("encodingType"), names));
            }
            final Map<String, Element> types = new LinkedHashMap<>();
            children(root, "type").forEach(t -> types.put(t.getAttribute("name"), t));
            final List<Field> header = fields(children(children(root, "composite").get(0), "type"), types,
                    enumerations);
            final Map<String, Message> messages = new LinkedHashMap<>();
            for (final Element m : children(root, "sbe:message")) {
                final List<Field> fields = fields(children(m, "field"), types, enumerations);
                final Field last = fields.get(fields.size() - 1);
                messages.put(m.getAttribute("name"), new Message(
                        Integer.parseInt(m.getAttribute("id")), last.offset() + last.length(), fields));
            }
            return new LinkDefinition(header, messages, enumerations);
        } catch (final Exception e) {
            throw new IllegalStateException("the link's definition cannot be read", e);
        }
    }

    private static List<Field> fields(
            final List<Element> elements, final Map<String, Element> types,
            final Map<String, Enumeration> enumerations) {
        final List<Field> fields = new ArrayList<>();
        int offset = 0;
        for (final Element e : elements) {
            final String type = e.getAttribute(e.hasAttribute("primitiveType") ? "primitiveType" : "type");
            final Field field = field(e.getAttribute("name"), offset, type, types.get(type), enumerations.get(type));
            fields.add(field);
            offset += field.length();
        }
        return fields;
    }

    private static Field field(
            final String name, final int offset, final String type, final Element definition,
            final Enumeration enumeration) {
        if (enumeration != null) {
            return new Field(name, offset, type, enumeration.type(), 1, type, false);
        }
        if (definition == null) {
            return new Field(name, offset, type, type, 1, null, false);
        }
        final String primitive = definition.getAttribute("primitiveType");
        final String length = definition.getAttribute("length");
        final String shown = length.isEmpty() ? primitive : primitive + "[" + length + "]";
        return new Field(name, offset, shown, primitive, length.isEmpty() ? 1 : Integer.parseInt(length), null,
                "optional".equals(definition.getAttribute("presence")));
    }

    private static List<Element> children(final Element parent, final String tag) {
        final NodeList nodes = parent.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }
}
