package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.fail;

import io.netty.channel.uring.IoUring;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkLimits;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.protocol.ChallengeDecoder;
import io.tickbridge.protocol.LinkTermsDecoder;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalEncoder;
import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A link server and add-ons on one thread: the server works and the add-ons read in turn until what a test waits for is
 * there. Time is the test's; the wall clock only ends a test that would never end.
 */
final class LinkHarness implements AutoCloseable {
    static final long HEARTBEAT = 1_000_000_000L;
    static final long LOGON_TIMEOUT = 5_000_000_000L;
    static final long TIME_TO_LIVE = 250_000_000L;
    static final byte[] KEY = HexFormat.of()
            .parseHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    static final List<SignalDescription> SIGNALS = List.of(
            new SignalDescription(1, "sweep", "levels=2"),
            new SignalDescription(2, "book-imbalance", "threshold=0.75 " + "x".repeat(200)));
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    final ManualClock clock = new ManualClock();
    final LinkServer server;
    final int port;
    private final List<TestAddOn> addOns = new ArrayList<>();
    private long signals;

    /** What tests vary. */
    record Setup(Transport transport, int retain, int maxPeers, int peerBuffer) {
        static final Setup USUAL = new Setup(Transport.EPOLL, 1024, 4, 1 << 18);

        Setup transport(final Transport other) {
            return new Setup(other, retain, maxPeers, peerBuffer);
        }

        Setup retain(final int other) {
            return new Setup(transport, other, maxPeers, peerBuffer);
        }

        Setup peerBuffer(final int other) {
            return new Setup(transport, retain, maxPeers, other);
        }
    }

    /** Skips the test where the machine lacks it. */
    static void require(final Transport transport) {
        Requirement.is(transport != Transport.IO_URING || IoUring.isAvailable(), "io_uring in this kernel");
    }

    LinkHarness(final Path directory, final Setup setup) {
        this(directory, setup, LinkJournal.NONE, config -> config);
    }

    LinkHarness(
            final Path directory, final Setup setup, final LinkJournal journal, final UnaryOperator<LinkConfig> variation) {
        try {
            final Path keyFile = Files.writeString(directory.resolve("key"), HexFormat.of().formatHex(KEY) + "\n");
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
            server = new LinkServer(variation.apply(config(keyFile, 0, setup)), "gateway under test", SIGNALS, clock, journal, 0);
            port = server.start();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LinkHarness(final Path directory) {
        this(directory, Setup.USUAL);
    }

    /** Of a gateway that seals every frame. */
    static LinkHarness sealing(final Path directory) {
        return new LinkHarness(directory, Setup.USUAL, LinkJournal.NONE, config -> new LinkConfig(config.enabled(),
                config.listen(), config.port(), config.transport(), config.keyFile(), config.heartbeat(), config.logonTimeout(),
                config.signalTimeToLive(), config.retain(), config.maxPeers(), config.peerBuffer(), config.quotes(), config.trades(),
                new LinkSecurity(LinkSecurity.Mode.HMAC, config.security().keys(), LinkSecurity.Rights.TRADE), config.limits()));
    }

    static LinkConfig config(final Path keyFile, final int port, final Setup setup) {
        return new LinkConfig(true, "127.0.0.1", port, setup.transport(), keyFile, HEARTBEAT, LOGON_TIMEOUT,
                TIME_TO_LIVE, setup.retain(), setup.maxPeers(), setup.peerBuffer(), true, true,
                new LinkSecurity(LinkSecurity.Mode.AUTO, keyFile.resolveSibling("keys"), LinkSecurity.Rights.TRADE),
                new LinkLimits(0, 1024, 100_000, 1_000_000));
    }

    TestAddOn connect() {
        return connect(0);
    }

    TestAddOn connect(final int receiveBuffer) {
        return connect(receiveBuffer, InetAddress.getLoopbackAddress());
    }

    /** From an address of this machine. */
    TestAddOn connect(final int receiveBuffer, final InetAddress from) {
        try {
            final TestAddOn addOn = TestAddOn.connect(port, receiveBuffer, from);
            addOns.add(addOn);
            return addOn;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and waits for the challenge. */
    TestAddOn challenged() {
        final TestAddOn addOn = connect();
        until(() -> addOn.has(ChallengeDecoder.TEMPLATE_ID));
        return addOn;
    }

    /** Connects, logs on, and waits until everything that was due at logon has arrived. */
    TestAddOn loggedOn(final long resumeSession, final long nextSequence) {
        final TestAddOn addOn = challenged();
        final int before = server.peers();
        // One name that trades is one add-on.
        addOn.send(addOn.logon(KEY, addOns.size() == 1 ? "test" : "test-" + addOns.size(), resumeSession, nextSequence));
        until(() -> server.peers() > before);
        settle(addOn);
        return addOn;
    }

    TestAddOn loggedOn() {
        return loggedOn(0, 0);
    }

    /** Waits until all that was sent to an add-on has arrived, by the answer to a probe. */
    void settle(final TestAddOn addOn) {
        final long before = addOn.all(8).size();
        addOn.send(TestAddOn.probe(before, clock.now()));
        until(() -> addOn.all(8).size() > before);
    }

    /** Works until a condition holds. */
    void until(final BooleanSupplier condition) {
        final long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            server.doWork();
            addOns.forEach(TestAddOn::poll);
            if (System.nanoTime() - begun > PATIENCE) {
                fail("never came; received: " + addOns.stream().map(a -> a.frames + (a.isEnded() ? " end" : ""))
                        .toList());
            }
        }
    }

    /** Works without any add-on reading. */
    void workAlone(final int times) {
        for (int i = 0; i < times; i++) {
            server.doWork();
        }
    }

    /** Logs on with version 2 and waits for the terms. */
    TestAddOn reporting() {
        final TestAddOn addOn = challenged();
        addOn.send(addOn.logon(KEY, "test", 0, 0, 2));
        until(() -> addOn.has(LinkTermsDecoder.TEMPLATE_ID));
        return addOn;
    }

    /** Emits a signal received now. */
    byte[] signal() {
        return signal(clock.now());
    }

    byte[] signal(final long receiveTime) {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[100]);
        final SignalEncoder signal = new SignalEncoder().wrap(new UnsafeBuffer(new byte[72]), 0);
        signals++;
        signal.number(signals).exchangeTime(receiveTime - 1000).instrument(7).rule(1).venue(Venue.CME).side(Side.SELL)
                .bidPrice(-5).askPrice(5).bidQuantity(1).askQuantity(2).value(-signals);
        body.putBytes(17, signal.buffer(), 0, 64);
        server.onSignal(body, 17, receiveTime);
        final byte[] expected = new byte[64];
        body.getBytes(17, expected);
        return expected;
    }

    @Override
    public void close() {
        for (final TestAddOn addOn : addOns) {
            try {
                addOn.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        server.close();
    }
}
