package io.tickbridge.gateway.capture.burst;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Two network interfaces joined by a cable, up, without addresses; gone when closed. */
final class VethPair implements AutoCloseable {
    private final String left;
    private final String right;

    /** Names must be unique on the machine and have 15 characters at most. */
    VethPair(final String prefix) {
        this(prefix, "");
    }

    /** With further words for {@code ip link add}, about both ends. */
    VethPair(final String prefix, final String words) {
        Requirement.root();
        Requirement.program("ip");
        left = prefix + ProcessHandle.current().pid() + "a";
        right = prefix + ProcessHandle.current().pid() + "b";
        ip("link add " + left + words + " type veth peer name " + right + words);
        for (final String end : new String[] {left, right}) {
            // No neighbour discovery among the frames.
            ip("link set " + end + " addrgenmode none");
            ip("link set " + end + " up");
        }
    }

    String left() {
        return left;
    }

    String right() {
        return right;
    }

    /** Pulls it out. */
    void remove() {
        ip("link del " + left);
    }

    /** Runs {@code ip} with the words, and gives back what it says. */
    static String ip(final String arguments) {
        try {
            final Process process = new ProcessBuilder(("ip " + arguments).split(" ")).redirectErrorStream(true).start();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("ip " + arguments + ": " + said);
            }
            return said;
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            remove();
        } catch (final IllegalStateException e) {
            // A test removed it.
        }
    }
}
