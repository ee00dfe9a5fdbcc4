package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever a command throws ends as one line and exit code 1. */
class FailureMessageTest {
    private static final String UNEXPECTED = "; please report this, with what TICKBRIDGE_LOG=DEBUG shows";

    /** A command that fails as it is told. */
    @Command(name = "fail")
    private static final class Failing implements Callable<Integer> {
        private final Throwable failure;

        Failing(final Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() {
            LangUtil.rethrowUnchecked(failure);
            return 0;
        }
    }

    private static String shown(final Throwable failure) {
        final StringWriter err = new StringWriter();
        final CommandLine commands = new CommandLine(new Failing(failure)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(new FailureMessage());
        assertEquals(1, Tickbridge.execute(commands));
        final List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), err.toString());
        return lines.get(0);
    }

    @Test
    void aForeseenFailureSpeaksForItself() {
        assertEquals("no room", shown(new IllegalStateException("no room")));
    }

    @Test
    void anUnforeseenOneIsNamedInOneLine() {
        for (final Throwable failure : List.of(new NullPointerException("x"), new IllegalStateException(),
                new NoSuchMethodError("f()"), new AssertionError("x"), new ClassCastException("x"))) {
            assertEquals("failed unexpectedly: " + failure + UNEXPECTED, shown(failure));
        }
    }

    @Test
    void memoryThatRanOutSaysHowToGiveMore() {
        final String line = shown(new OutOfMemoryError("Java heap space"));
        assertTrue(line.startsWith("out of memory (Java heap space): ") && line.contains("-Xmx")
                && line.contains("-XX:MaxDirectMemorySize"), line);
    }

    @Test
    void aBrokenVirtualMachineSaysSo() {
        assertEquals("the Java virtual machine failed: java.lang.StackOverflowError; start again, and report this if it "
                + "comes back", shown(new StackOverflowError()));
    }
}
