package io.tickbridge.integration.demo;

/** The demonstration cannot go on; the message says why and where to look. */
final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1L;

    DemoFailure(final String message) {
        super(message);
    }
}
