package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.integration.process.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal replays to the same signals, byte for byte, on every JDK that is installed here, whichever wrote it. */
final class ReplayJdkIT {
    @TempDir
    private Path directory;

    @Test
    void cmeIsEqualWhicheverJdkWritesAndWhicheverReplays() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        assertSameOnEvery(Jdk.installed(), capture, GatewayText::cmeFile);
    }

    @Test
    void topsWrittenByTheOldestIsEqualOnEvery() throws Exception {
        final Path capture = SharedData.file("captures/iex-tops16-20170710.pcap.gz");
        assertSameOnEvery(Jdk.installed().subList(0, 1), capture, GatewayText::topsFile);
    }

    @Test
    void deepWrittenByTheOldestIsEqualOnEvery() throws Exception {
        final Path capture = SharedData.file("captures/iex-deep10-20170425.pcap.gz");
        assertSameOnEvery(Jdk.installed().subList(0, 1), capture, GatewayText::deepFile);
    }

    private void assertSameOnEvery(
            final List<Jdk> writers, final Path capture, final Function<Path, String> configuration) throws Exception {
        final String text = configuration.apply(capture);
        final List<String> expected = Signals.ofFile(text, capture, Long.MAX_VALUE);
        assertTrue(expected.size() > 1_000, () -> "only " + expected.size() + " signals");
        for (final Jdk writer : writers) {
            final Path work = GatewayFiles.prepare(directory.resolve("written-by-" + writer.version()), text);
            run(work, writer, "run", "--config", GatewayFiles.config(work).toString());
            final Path journal = GatewayFiles.journal(work);
            Signals.assertSame(expected, Signals.ofJournal(journal), "journal written by JDK " + writer.version());
            for (final Jdk reader : Jdk.installed()) {
                final String out = run(work, reader, "replay", "--journal", journal.toString(), "--verify").out();
                assertTrue(out.contains("equal, " + expected.size() + " signals"), out);
                assertTrue(out.contains("replay is equal"), out);
                System.out.printf("%s: journal of JDK %d replayed on JDK %d: %d signals equal%n",
                        capture.getFileName(), writer.version(), reader.version(), expected.size());
            }
        }
    }

    private static Launcher.Result run(final Path work, final Jdk jdk, final String... arguments) throws Exception {
        final Launcher.Result result = Launcher.run(work, jdk.environment(), Installation.tickbridge(arguments));
        assertEquals(0, result.exit(), () -> "JDK " + jdk.version() + ": " + result.out() + result.err());
        return result;
    }
}
