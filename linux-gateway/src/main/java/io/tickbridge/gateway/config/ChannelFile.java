package io.tickbridge.gateway.config;

import io.tickbridge.gateway.files.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * CME's own list of its channels and their multicast groups, {@code config.xml}, as it is published for download ("MDP 3.0 -
 * Channel Definitions"). Read as it is; nothing in it is fetched from anywhere.
 */
final class ChannelFile {
    private final Document document;

    /**
     * One group of a channel.
     *
     * @param line    where it arrives; its interface is not known yet
     * @param isLineB of two lines that carry the same, the second
     */
    record Connection(FeedConfig.Line line, boolean isLineB) {
    }

    private ChannelFile(final Document document) {
        this.document = document;
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException when it is none of CME's, saying why
     */
    static ChannelFile read(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            final var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            final Document document = builder.parse(in);
            if (!document.getDocumentElement().getTagName().equals("configuration")) {
                throw new IllegalArgumentException("is not CME's channel configuration: it begins with <"
                        + document.getDocumentElement().getTagName() + ">, not <configuration>");
            }
            return new ChannelFile(document);
        } catch (final SAXParseException e) {
            throw new IllegalArgumentException("is not XML: line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("cannot be read: " + FileFailure.reason(e), e);
        } catch (final SAXException | ParserConfigurationException e) {
            throw new IllegalArgumentException("is not XML: " + e.getMessage(), e);
        }
    }

    /**
     * The groups of one channel: increments, then definitions, then snapshots, then snapshots of orders; of each, line A
     * before line B.
     *
     * @param id     the channel's
     * @param orders whether snapshots of orders are wanted
     * @throws IllegalArgumentException when there is no such channel, or it cannot be received, saying why
     */
    List<Connection> channel(final String id, final boolean orders) {
        final Element channel = elements(document.getDocumentElement(), "channel").stream()
                .filter(candidate -> candidate.getAttribute("id").equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("has no channel " + id + "; it has " + ids()));
        final List<Connection> result = new ArrayList<>();
        for (final Kind kind : Kind.values()) {
            if (kind == Kind.SMBO && !orders) {
                continue;
            }
            for (final boolean isLineB : new boolean[] {false, true}) {
                elements(channel, "connection").stream().filter(connection -> kind.is(connection))
                        .filter(connection -> text(connection, "feed").equals("B") == isLineB)
                        .forEach(connection -> result.add(new Connection(line(id, connection, kind), isLineB)));
            }
        }
        if (result.stream().noneMatch(connection -> connection.line.carries() == FeedConfig.Carries.INCREMENTAL)) {
            throw new IllegalArgumentException("has no connection of kind I, increments, for channel " + id
                    + "; without it there is nothing to follow");
        }
        return result;
    }

    /** Kinds of connection, by CME's letters. Others, such as historical replay over TCP, are no multicast. */
    private enum Kind {
        I(FeedConfig.Carries.INCREMENTAL), N(FeedConfig.Carries.DEFINITIONS), S(FeedConfig.Carries.SNAPSHOT),
        SMBO(FeedConfig.Carries.SNAPSHOT_ORDERS);

        private final FeedConfig.Carries carries;

        Kind(final FeedConfig.Carries carries) {
            this.carries = carries;
        }

        boolean is(final Element connection) {
            return elements(connection, "type").stream().anyMatch(type -> type.getAttribute("feed-type").equals(name()));
        }
    }

    private FeedConfig.Line line(final String id, final Element connection, final Kind kind) {
        final String group = text(connection, "ip");
        final String port = text(connection, "port");
        try {
            return new FeedConfig.Line(ValueType.ipv4().parser().apply(group),
                    ValueType.integer(1, 65_535).parser().apply(port), null, kind.carries);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("has a connection of channel " + id + " with ip \"" + group + "\" and port \""
                    + port + "\", allowed: an IPv4 address and a number from 1 to 65535", e);
        }
    }

    private String ids() {
        final List<String> ids = elements(document.getDocumentElement(), "channel").stream()
                .map(channel -> channel.getAttribute("id")).toList();
        return ids.isEmpty() ? "none" : String.join(", ", ids);
    }

    private static String text(final Element parent, final String name) {
        final Optional<Element> element = elements(parent, name).stream().findFirst();
        return element.map(found -> found.getTextContent().strip()).orElse("");
    }

    private static List<Element> elements(final Element parent, final String name) {
        final NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    /** What is wrong comes back as an exception; nothing is printed. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(final SAXParseException exception) {
            // Nothing that matters here.
        }

        @Override
        public void error(final SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(final SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
