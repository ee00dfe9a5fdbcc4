package io.tickbridge.gateway.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Maps, lists, numbers and text as one line of JSON. */
final class JsonText {
    private static final JSON WRITER = JSON.builder(
            new JsonFactoryBuilder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build()).build();

    private JsonText() {
    }

    static String of(final Object value) {
        try {
            return WRITER.asString(value);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot be written as JSON: " + value, e);
        }
    }
}
