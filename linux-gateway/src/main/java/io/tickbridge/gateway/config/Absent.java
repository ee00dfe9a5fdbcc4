package io.tickbridge.gateway.config;

/**
 * Numbers for records while a file is read to its end. A wrong or missing value comes as null and has been noted; the
 * record that is built all the same never leaves this package.
 */
final class Absent {
    private Absent() {
    }

    static int or(final Integer value, final int otherwise) {
        return value == null ? otherwise : value;
    }

    static long or(final Long value, final long otherwise) {
        return value == null ? otherwise : value;
    }
}
