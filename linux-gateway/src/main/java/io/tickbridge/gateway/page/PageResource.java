package io.tickbridge.gateway.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text that lies in a jar. */
final class PageResource {
    private PageResource() {
    }

    /** The whole of it, from the root of the class path. */
    static String read(final Class<?> near, final String name) {
        try (InputStream in = near.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the installation; build it again: bin/ensure-built");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(name + " in the installation cannot be read", e);
        }
    }
}
