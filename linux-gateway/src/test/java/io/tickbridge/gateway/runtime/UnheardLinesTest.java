package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.ops.StatusPublisher;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Frames that no line is configured for are no losses, but may be what a misspelt line should have had. */
class UnheardLinesTest {
    private static final String UDP = "01005e001f40000000000000" + "0800" + "4500002800004000401100000a010203e0001f40" + "1388380400140000"
            + "01000000" + "0100000000000000";

    private final GatewayConfig config = ConfigReader.parse("""
            capture: {source: pcap, file: day.pcap}
            feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.46, port: 14340}]}]
            filter: {checksums: false}
            link: {enabled: false}
            """, Path.of(""), "x.yaml");
    private final Pipeline pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(), List.of());
    private long clock;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
    }

    private void publish(final StatusPublisher publisher) {
        clock += 1_000_000_000;
        publisher.doWork();
    }

    private void frame(final String hexadecimal) {
        final String padded = hexadecimal + "00".repeat(60 - hexadecimal.length() / 2);
        final byte[] frame = HexFormat.of().parseHex(padded);
        pipeline.onFrame(new UnsafeBuffer(frame), 0, frame.length, 1, 0);
    }

    @Test
    void aMisspeltGroupIsNamedBesideWhatCame() {
        assertEquals(List.of(), UnheardLines.of(config, pipeline), "an empty capture has nothing to tell");
        frame(UDP);
        frame(UDP);
        assertEquals(List.of("feed a: the capture has nothing for line-A, 224.0.31.46:14340; no line is configured for what it has: "
                + "224.0.31.64:14340 (2 frames)"), UnheardLines.of(config, pipeline));
    }

    @Test
    void aLineThatWasHeardIsNotNamed() {
        frame(UDP);
        frame(UDP.replace("e0001f40", "e0001f2e"));
        assertEquals(List.of(), UnheardLines.of(config, pipeline));
    }

    @Test
    void framesWhoseChecksumsAreWrongAreSaidWithWhatToDo() {
        final GatewayConfig strict = ConfigReader.parse("""
                capture: {source: pcap, file: day.pcap}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.46, port: 14340}]}]
                link: {enabled: false}
                """, Path.of(""), "x.yaml");
        final Pipeline checking = new Pipeline(strict, FrameRecorder.NONE, List.of(), List.of());
        final byte[] frame = HexFormat.of().parseHex(UDP.replace("e0001f40", "e0001f2e") + "00".repeat(60 - UDP.length() / 2));
        checking.onFrame(new UnsafeBuffer(frame), 0, frame.length, 1, 0);
        final List<String> said = UnheardLines.of(strict, checking);
        assertEquals(1, said.stream().filter(line -> line.startsWith("1 frames were dropped because their IPv4 or UDP checksum does not hold")
                && line.endsWith("filter: {checksums: false} takes them as they are")).count(), said::toString);
    }

    /** Every IPv6 neighbour discovery was a warning of a loss. */
    @Test
    void whatAWireCarriesBesideIsNoLoss(@TempDir final Path directory) {
        final Logger logger = (Logger) LoggerFactory.getLogger(GatewayStatus.class);
        logger.addAppender(log);
        try {
            final GatewayStatus status = new GatewayStatus();
            status.addPipeline(config, pipeline);
            status.addLossReports(() -> clock);
            final StatusPublisher publisher = new StatusPublisher(
                    directory.resolve("counters"), status.figures(), () -> clock, () -> clock);
            frame("333300000001" + "000000000000" + "86dd" + "60000000");
            frame(UDP);
            frame(UDP.replace("40110000", "40020000")); // IGMP
            publish(publisher);
            assertEquals(List.of(), log.list);
            frame(UDP.replace("45000028", "55000028"));
            publish(publisher);
            assertEquals(List.of("lost or dropped since the last report (in all): filter.dropped.bad-ipv4-header +1 (1)"),
                    log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
            publisher.onClose();
        } finally {
            logger.detachAppender(log);
        }
    }
}
