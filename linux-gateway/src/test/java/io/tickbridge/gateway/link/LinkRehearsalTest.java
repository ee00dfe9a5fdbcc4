package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.config.LinkLimits;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.replay.LinkRehearsal;
import io.tickbridge.gateway.replay.Pace;
import io.tickbridge.gateway.replay.RecordRange;
import io.tickbridge.protocol.ChallengeDecoder;
import io.tickbridge.protocol.InstrumentDefinitionDecoder;
import io.tickbridge.protocol.LinkTermsDecoder;
import io.tickbridge.protocol.Market;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journalled session is played to an add-on: it gets the signals of that day, in order, as new. */
class LinkRehearsalTest {
    private static final String CONFIGURATION = """
            capture: {source: pcap, file: "-"}
            feeds:
              - {name: cme, protocol: cme-mdp3, market-depth: 10,
                 lines: [{group: 224.0.31.64, port: 14340}, {group: 224.0.32.64, port: 14340}]}
            signals:
              - {kind: sweep, parameters: {levels: 2}}
            journal: {enabled: false}
            link: {enabled: false}
            """;

    /** The add-on of this test says nothing: on a busy machine the rehearsal takes longer than silence may. */
    private static final LinkLimits PATIENT = new LinkLimits(TimeUnit.MINUTES.toNanos(10), 1024, 100_000, 1_000_000);

    @TempDir
    private Path directory;

    @Test
    void theAddOnGetsTheSignalsOfThatDay() throws Exception {
        final List<byte[]> journalled = new ArrayList<>();
        try (Journal journal = Journal.open(new JournalConfig(true, directory.resolve("journal"), 1 << 20, 8 << 20),
                RunStarted.of("that day", "1", CONFIGURATION, 0), true);
                PacketSource source = CaptureFiles.open(SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng"))) {
            final Pipeline pipeline = new Pipeline(ConfigReader.parse(CONFIGURATION, Path.of(""), "test"), journal.recorder()::onFrame,
                    List.of(journal.recorder(), (body, offset, time) -> {
                        final byte[] copy = new byte[64];
                        body.getBytes(offset, copy);
                        journalled.add(copy);
                    }), List.of());
            while (!source.isExhausted()) {
                source.poll(pipeline, 64);
            }
            pipeline.onEndOfInput();
        }
        assertFalse(journalled.isEmpty());
        final Path key = Files.writeString(directory.resolve("key"), HexFormat.of().formatHex(LinkHarness.KEY) + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        final AtomicInteger port = new AtomicInteger();
        final long begun = new OffsetEpochNanoClock().nanoTime();
        final CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> rehearse(key, port));
        while (port.get() == 0 && !sent.isDone()) {
            Thread.onSpinWait();
        }
        try (TestAddOn addOn = TestAddOn.connect(port.get(), 0)) {
            while (!addOn.has(ChallengeDecoder.TEMPLATE_ID) && !addOn.isEnded()) {
                addOn.poll();
            }
            assertTrue(name(addOn).startsWith("REPLAY that day"), name(addOn));
            addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 0, 2));
            while (!addOn.isEnded()) {
                addOn.poll();
            }
            final List<TestAddOn.Frame> got = addOn.all(SignalDecoder.TEMPLATE_ID);
            assertEquals(journalled.stream().map(Arrays::toString).toList(),
                    got.stream().map(frame -> Arrays.toString(frame.block(0, 64))).toList(), addOn.frames::toString);
            assertTrue(got.get(0).int64(64) >= begun, "received now, so that it is not too old to act on");
            assertTrue(addOn.has(InstrumentDefinitionDecoder.TEMPLATE_ID));
            assertEquals(Market.RECORDED.value(), addOn.first(LinkTermsDecoder.TEMPLATE_ID).uint8(9), "no live account may trade on it");
        }
        assertEquals(journalled.size(), sent.get());
    }

    private long rehearse(final Path key, final AtomicInteger port) {
        try {
            return LinkRehearsal.run(directory.resolve("journal"),
                    LinkReportTest.with(LinkHarness.config(key, 0, LinkHarness.Setup.USUAL.peerBuffer(1 << 26).retain(1 << 16)),
                            LinkSecurity.Rights.TRADE, PATIENT), RecordRange.ALL,
                    Pace.fastest(), new OffsetEpochNanoClock(), line -> {
                        if (line.contains("listening on port ")) {
                            port.set(Integer.parseInt(line.replaceAll(".*port (\\d+),.*", "$1")));
                        }
                    });
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String name(final TestAddOn addOn) {
        return new String(addOn.first(ChallengeDecoder.TEMPLATE_ID).block(ChallengeDecoder.gatewayNameEncodingOffset(), 32),
                java.nio.charset.StandardCharsets.US_ASCII);
    }
}
