package io.tickbridge.gateway.config;

import java.util.ArrayList;
import java.util.List;

/** Problems found in one file, each with its place. */
final class Problems {
    private final Places places;
    private final List<String> found = new ArrayList<>();

    Problems(final Places places) {
        this.places = places;
    }

    Places places() {
        return places;
    }

    /** Notes one problem; an empty path means the file as a whole. */
    void add(final String path, final String what) {
        found.add(places.of(path) + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}
