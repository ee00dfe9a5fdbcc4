package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/** Our statement of the layouts against the exchange's own, version by version. */
class SchemaTest {

    /** Where a field lies, how long it is, which wire value stands for null, and which values have names. */
    private record Place(int offset, int length, String nullValue, Set<String> named) {

        Place(final int offset, final int length) {
            this(offset, length, null, Set.of());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 8, 9, 13})
    void everyFieldLiesWhereTheExchangeSays(final int version) throws Exception {
        final Exchange exchange = new Exchange(version);
        int compared = 0;
        for (final List<Token> message : schema().messages()) {
            final Element theirs = exchange.messages.get(message.get(0).id());
            if (theirs != null) {
                final Map<String, Place> expected = exchange.layout(theirs);
                final Map<String, Place> ours = ours(message, version);
                assertEquals(expected.keySet(), ours.keySet(), message.get(0).name());
                expected.forEach((field, place) ->
                        assertEquals(place, ours.get(field), message.get(0).name() + ": " + field));
                compared++;
            }
        }
        assertTrue(compared >= 11, compared + " templates");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 8, 9, 13})
    void everyTemplateIsKnownInItsVersions(final int version) throws Exception {
        final TreeSet<Integer> theirs = new TreeSet<>(new Exchange(version).messages.keySet());
        for (final int template : theirs) {
            final List<Token> message = schema().getMessage(template);
            assertNotNull(message, "template " + template);
            assertTrue(message.get(0).version() <= version, "template " + template);
        }
    }

    private static Ir schema() throws IOException {
        try (var in = CmeInspector.class.getResourceAsStream("cme-mdp3.sbeir");
                IrDecoder decoder = new IrDecoder(ByteBuffer.wrap(in.readAllBytes()))) {
            return decoder.decode();
        }
    }

    /** "field" or "group/field" to its place, "group" to entry length and head length; without constants. */
    private static Map<String, Place> ours(final List<Token> message, final int version) {
        final Map<String, Place> places = new TreeMap<>();
        // What a later version appended is beyond the root block of this one.
        places.put("", new Place(0, rootFields(message).filter(token -> token.version() > version)
                .mapToInt(Token::offset).min().orElse(message.get(0).encodedLength())));
        String group = "";
        for (int i = 1; i < message.size(); i++) {
            final Token token = message.get(i);
            if (token.signal() == Signal.BEGIN_GROUP) {
                if (token.version() > version) {
                    i += token.componentTokenCount() - 1;
                    continue;
                }
                group = token.name() + "/";
                places.put(group, new Place(message.get(i + 1).encodedLength(), token.encodedLength()));
                i += message.get(i + 1).componentTokenCount();
            } else if (token.signal() == Signal.BEGIN_FIELD) {
                final Token type = message.get(i + 1);
                if (!type.isConstantEncoding() && token.version() <= version) {
                    final Token value = type.signal() == Signal.BEGIN_COMPOSITE ? message.get(i + 2) : type;
                    places.put(group + token.name(),
                            new Place(type.offset(), type.encodedLength(), nullValue(value),
                                    named(message.subList(i + 2, i + token.componentTokenCount()), version)));
                }
                i += token.componentTokenCount() - 1;
            }
        }
        return places;
    }

    private static Stream<Token> rootFields(final List<Token> message) {
        return message.subList(1, message.size()).stream()
                .takeWhile(token -> token.signal() != Signal.BEGIN_GROUP)
                .filter(token -> token.signal() == Signal.BEGIN_FIELD);
    }

    private static Set<String> named(final List<Token> tokens, final int version) {
        return tokens.stream()
                .filter(token -> token.signal() == Signal.VALID_VALUE || token.signal() == Signal.CHOICE)
                .filter(token -> token.version() <= version)
                .map(Token::encoding)
                .map(encoding -> encoding.primitiveType() == PrimitiveType.CHAR
                        ? String.valueOf((char) encoding.constValue().longValue())
                        : encoding.constValue().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String nullValue(final Token token) {
        final Encoding encoding = token.encoding();
        return token.signal() == Signal.ENCODING && encoding.presence() == Encoding.Presence.OPTIONAL
                ? unsigned(encoding) : null;
    }

    private static String unsigned(final Encoding encoding) {
        final long value = encoding.applicableNullValue().longValue();
        return encoding.primitiveType() == PrimitiveType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }

    /** The exchange's file, as far as the comparison needs it. */
    private static final class Exchange {
        private static final Map<String, Integer> LENGTHS = Map.of(
                "char", 1, "int8", 1, "uint8", 1, "int16", 2, "uint16", 2, "int32", 4, "uint32", 4,
                "int64", 8, "uint64", 8);
        private final Map<String, Element> types = new HashMap<>();
        private final Map<Integer, Element> messages = new HashMap<>();

        Exchange(final int version) throws Exception {
            final Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(SharedData.file("schemas/templates_FixBinary_v" + version + ".xml").toFile())
                    .getDocumentElement();
            for (final Element part : children(root)) {
                if (part.getTagName().equals("types")) {
                    children(part).forEach(type -> types.put(type.getAttribute("name"), type));
                } else {
                    messages.put(Integer.valueOf(part.getAttribute("id")), part);
                }
            }
        }

        Map<String, Place> layout(final Element message) {
            final Map<String, Place> places = new TreeMap<>();
            places.put("", new Place(0, Integer.parseInt(message.getAttribute("blockLength"))));
            addFields(message, "", places);
            return places;
        }

        private void addFields(final Element parent, final String group, final Map<String, Place> places) {
            int end = 0;
            for (final Element child : children(parent)) {
                if (child.getTagName().equals("group")) {
                    final String name = child.getAttribute("name") + "/";
                    final int head = child.getAttribute("dimensionType").equals("groupSize8Byte") ? 8 : 3;
                    places.put(name, new Place(head, Integer.parseInt(child.getAttribute("blockLength"))));
                    addFields(child, name, places);
                } else if (!isConstant(type(child))) {
                    final Element type = type(child);
                    final String offset = child.getAttribute("offset");
                    final int at = offset.isEmpty() ? end : Integer.parseInt(offset);
                    end = at + length(type);
                    places.put(group + child.getAttribute("name"), new Place(at, length(type), nullValue(type), named(type)));
                }
            }
        }

        private Element type(final Element field) {
            return types.get(field.getAttribute("type"));
        }

        private static boolean isConstant(final Element type) {
            return type.getAttribute("presence").equals("constant");
        }

        private int length(final Element type) {
            if (type.getTagName().equals("composite")) {
                return children(type).stream().filter(part -> !isConstant(part)).mapToInt(this::length).sum();
            }
            final String encoding = type.getAttribute("encodingType");
            if (!encoding.isEmpty()) {
                return length(types.get(encoding));
            }
            final String count = type.getAttribute("length");
            return LENGTHS.get(type.getAttribute("primitiveType")) * (count.isEmpty() ? 1 : Integer.parseInt(count));
        }

        private String nullValue(final Element type) {
            final Element value = type.getTagName().equals("composite") ? children(type).get(0) : type;
            return value.getAttribute("presence").equals("optional") ? value.getAttribute("nullValue") : null;
        }

        private static Stream<Token> rootFields(final List<Token> message) {
        return message.subList(1, message.size()).stream()
                .takeWhile(token -> token.signal() != Signal.BEGIN_GROUP)
                .filter(token -> token.signal() == Signal.BEGIN_FIELD);
    }

    private static Set<String> named(final Element type) {
            return children(type).stream()
                    .filter(part -> part.getTagName().equals("validValue") || part.getTagName().equals("choice"))
                    .map(Element::getTextContent)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static List<Element> children(final Element parent) {
            final List<Element> children = new ArrayList<>();
            for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element) {
                    children.add(element);
                }
            }
            return children;
        }
    }
}
