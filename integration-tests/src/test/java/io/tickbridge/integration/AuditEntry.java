package io.tickbridge.integration;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of the add-on's audit log: number, time, kind, then {@code name=value}, then the hash; tabs between.
 *
 * @param time   by the add-on's clock
 * @param kind   what it tells of
 * @param fields by name
 */
record AuditEntry(Instant time, String kind, Map<String, String> fields) {
    private static final int TIME = 1;
    private static final int KIND = 2;

    static AuditEntry of(final String line) {
        final String[] parts = line.split("\t");
        final Map<String, String> fields = new LinkedHashMap<>();
        for (int i = KIND + 1; i < parts.length - 1; i++) {
            final int equals = parts[i].indexOf('=');
            fields.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return new AuditEntry(Instant.parse(parts[TIME]), parts[KIND], fields);
    }

    String get(final String name) {
        return fields.get(name);
    }
}
