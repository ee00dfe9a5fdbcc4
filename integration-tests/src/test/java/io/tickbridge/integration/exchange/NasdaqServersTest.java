package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.feed.nasdaq.Glimpse;
import io.tickbridge.gateway.feed.nasdaq.MoldGapFill;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.FeedSnapshots;
import io.tickbridge.gateway.recovery.RecoveringSource;
import io.tickbridge.gateway.recovery.Recovery;
import io.tickbridge.gateway.recovery.RecoveryCounter;
import io.tickbridge.gateway.recovery.RecoveryServer;
import io.tickbridge.gateway.recovery.RecoverySettings;
import io.tickbridge.gateway.recovery.SnapshotCounter;
import io.tickbridge.gateway.recovery.SnapshotSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The threads that ask Nasdaq, over real sockets, against servers that fail in every way they can. */
final class NasdaqServersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TIME = 1_800_000_000L * SECOND;
    private static final String SESSION = "S1";
    private static final int HEADERS = 42;
    private static final int MOLD_HEADER = 20;
    private static final byte[] NAME = "S1        ".getBytes(StandardCharsets.US_ASCII);

    private final NasdaqChannel channel = channel();
    private final Deque<MoldRequests.Manner> requestManners = new ArrayDeque<>();
    private final Deque<GlimpseLogin.Manner> loginManners = new ArrayDeque<>();
    private final List<byte[]> messages = new ArrayList<>();

    private static NasdaqChannel channel() {
        final NasdaqChannel channel = new NasdaqChannel(
                List.of(new Instrument(1, "AAPL", "", 10_000_000L, 190_000_000_000L),
                        new Instrument(2, "MSFT", "", 10_000_000L, 410_000_000_000L)),
                new SplittableRandom(3), (next, packet) -> { });
        channel.start(SESSION, TIME);
        channel.open(0, TIME);
        channel.open(1, TIME);
        for (int i = 0; i < 500; i++) {
            channel.event(TIME + i);
        }
        return channel;
    }

    private NasdaqServers servers() throws IOException {
        return new NasdaqServers(channel, 0, 0,
                () -> requestManners.isEmpty() ? MoldRequests.Manner.GOOD : requestManners.remove(),
                () -> loginManners.isEmpty() ? GlimpseLogin.Manner.GOOD : loginManners.remove(), () -> TIME + SECOND);
    }

    private static long session() {
        return ByteBuffer.wrap(NAME).getLong();
    }

    private static long stream() {
        return ByteBuffer.wrap(NAME).getShort(8);
    }

    private void take(
            final DirectBuffer frame, final int offset, final int length, final long time, final int port) {
        int at = offset + HEADERS + MOLD_HEADER;
        while (at < offset + length) {
            final byte[] message = new byte[frame.getShort(at, ByteOrder.BIG_ENDIAN)];
            frame.getBytes(at + 2, message);
            messages.add(message);
            at += 2 + message.length;
        }
    }

    private void pollUntil(final Recovery recovery, final BooleanSupplier enough) {
        final PacketSource source = new RecoveringSource(new Nothing(), List.of(recovery));
        final long end = System.nanoTime() + 60 * SECOND;
        while (!enough.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within a minute");
            source.poll(this::take, 10);
            LockSupport.parkNanos(100_000);
        }
        while (source.poll(this::take, 10) > 0) {
            continue;
        }
    }

    private FeedRecovery recovery(final List<RecoveryServer> list, final int rate) {
        return new FeedRecovery(new RecoverySettings("nasdaq", list, 0, TimeUnit.MILLISECONDS.toNanos(1_500), 100_000, rate, true,
                RecoveryLine.address(0), RecoveryLine.PORT), new MoldGapFill(), () -> TIME);
    }

    private FeedSnapshots snapshots(final int attempts, final RecoveryServer... list) {
        return new FeedSnapshots(new SnapshotSettings("nasdaq", List.of(list), TimeUnit.MILLISECONDS.toNanos(2_000), 1_000_000,
                attempts, RecoveryLine.address(0), RecoveryLine.SNAPSHOT_PORT),
                new Glimpse(GlimpseLogin.USERNAME, GlimpseLogin.PASSWORD), () -> TIME);
    }

    private void assertMessages(final List<byte[]> expected) {
        assertEquals(expected.size(), messages.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), messages.get(i), "message " + (i + 1));
        }
    }

    /** Twelve packets' worth: each answer is one packet, and the rest is asked for again. */
    @Test
    void aHoleIsFilledByAsManyRequestsAsItTakes() throws IOException {
        requestManners.addAll(List.of(MoldRequests.Manner.GOOD, MoldRequests.Manner.PARTIAL, MoldRequests.Manner.GOOD));
        try (NasdaqServers servers = servers();
                FeedRecovery recovery = recovery(List.of(new RecoveryServer(false, "127.0.0.1", servers.requestPort())), 0)) {
            recovery.start();
            final int size = channel.messages(SESSION).size();
            recovery.watch().onMissing(stream(), session(), 5, size - 3);
            pollUntil(recovery, () -> recovery.counts().get(RecoveryCounter.RECOVERED) == 1);
            assertMessages(channel.messages(SESSION).subList(4, size - 3));
            assertTrue(servers.requests() > 5);
            assertEquals(servers.requests(), recovery.counts().get(RecoveryCounter.ANSWERS));
        }
    }

    @Test
    void theNextServerIsAskedAndTheOneThatAnsweredIsAskedFirstFromThenOn() throws IOException {
        for (final MoldRequests.Manner manner : List.of(MoldRequests.Manner.SILENT, MoldRequests.Manner.OTHER_SESSION,
                MoldRequests.Manner.GARBAGE)) {
            requestManners.clear();
            messages.clear();
            try (NasdaqServers bad = new NasdaqServers(channel, 0, 0, () -> manner, () -> GlimpseLogin.Manner.GOOD, () -> TIME);
                    NasdaqServers good = servers();
                    FeedRecovery recovery = recovery(List.of(new RecoveryServer(false, "127.0.0.1", bad.requestPort()),
                            new RecoveryServer(false, "127.0.0.1", good.requestPort())), 0)) {
                recovery.start();
                recovery.watch().onMissing(stream(), session(), 10, 12);
                recovery.watch().onMissing(stream(), session(), 20, 20);
                recovery.watch().onMissing(stream(), session(), 30, 31);
                pollUntil(recovery, () -> recovery.counts().get(RecoveryCounter.RECOVERED) == 3);
                final List<byte[]> expected = new ArrayList<>(channel.messages(SESSION).subList(9, 12));
                expected.addAll(channel.messages(SESSION).subList(19, 20));
                expected.addAll(channel.messages(SESSION).subList(29, 31));
                assertMessages(expected);
                assertEquals(1, bad.requests(), manner::name);
                assertEquals(3, good.requests());
                assertEquals(1, recovery.counts().get(RecoveryCounter.SERVER_FAILURES));
                assertEquals(manner == MoldRequests.Manner.SILENT ? 0 : 1, recovery.counts().get(RecoveryCounter.WRONG_ANSWERS));
            }
        }
    }

    /** How far apart is the pace's own test; here that a limit loses none. */
    @Test
    void requestsThatAreKeptApartAreAnsweredAll() throws IOException {
        try (NasdaqServers servers = servers();
                FeedRecovery recovery = recovery(List.of(new RecoveryServer(false, "127.0.0.1", servers.requestPort())), 50)) {
            recovery.start();
            for (int i = 0; i < 5; i++) {
                recovery.watch().onMissing(stream(), session(), 10 + 2L * i, 10 + 2L * i);
            }
            pollUntil(recovery, () -> recovery.counts().get(RecoveryCounter.RECOVERED) == 5);
            assertEquals(5, recovery.counts().get(RecoveryCounter.REQUESTS));
        }
    }

    @Test
    void whatNoServerHasIsGivenUp() throws IOException {
        try (NasdaqServers servers = servers();
                FeedRecovery recovery = recovery(List.of(new RecoveryServer(false, "127.0.0.1", servers.requestPort())), 0)) {
            recovery.start();
            recovery.watch().onMissing(stream(), session(), 1_000_000, 1_000_001);
            pollUntil(recovery, () -> recovery.counts().get(RecoveryCounter.NOT_RECOVERED) == 1);
            assertEquals(List.of(), messages);
        }
    }

    /** Each server fails once, in its way, before the last one delivers. */
    @Test
    void aSnapshotComesWholeFromTheFirstServerThatHasIt() throws IOException {
        final List<GlimpseLogin.Manner> bad = List.of(GlimpseLogin.Manner.REFUSED, GlimpseLogin.Manner.CUT,
                GlimpseLogin.Manner.ENDED, GlimpseLogin.Manner.SILENT, GlimpseLogin.Manner.OTHER_SEQUENCE);
        loginManners.addAll(bad);
        final int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (NasdaqServers servers = servers();
                FeedSnapshots snapshots = snapshots(100, new RecoveryServer(true, "127.0.0.1", nobody),
                        new RecoveryServer(true, "127.0.0.1", servers.loginPort()))) {
            snapshots.start();
            snapshots.watch().onSnapshotWanted(stream(), session());
            assertTrue(snapshots.isOutstanding());
            pollUntil(snapshots, () -> snapshots.counts().get(SnapshotCounter.DELIVERED) == 1);
            final List<byte[]> expected = channel.snapshot(TIME + SECOND);
            final int broken = messages.size() - expected.size();
            assertTrue(broken > 0, "what was cut off had begun to come");
            messages.subList(0, broken).clear();
            assertMessages(expected);
            assertEquals(bad.size() + 1, servers.logins());
            assertEquals(2L * bad.size() + 1, snapshots.counts().get(SnapshotCounter.SERVER_FAILURES));
            snapshots.watch().onSnapshotSettled();
            assertTrue(!snapshots.isOutstanding());
        }
    }

    @Test
    void aServerThatRefusesIsGivenUpAfterSoManyAttemptsUntilTheFeedIsWhole() throws IOException {
        for (int i = 0; i < 6; i++) {
            loginManners.add(GlimpseLogin.Manner.REFUSED);
        }
        try (NasdaqServers servers = servers();
                FeedSnapshots snapshots = snapshots(3, new RecoveryServer(true, "127.0.0.1", servers.loginPort()))) {
            snapshots.start();
            snapshots.watch().onSnapshotWanted(stream(), session());
            pollUntil(snapshots, () -> snapshots.counts().get(SnapshotCounter.GIVEN_UP) == 1);
            snapshots.watch().onSnapshotWanted(stream(), session());
            pollUntil(snapshots, () -> snapshots.counts().get(SnapshotCounter.GIVEN_UP) == 2);
            assertEquals(3, servers.logins());
            snapshots.watch().onSnapshotSettled();
            snapshots.watch().onSnapshotWanted(stream(), session());
            pollUntil(snapshots, () -> snapshots.counts().get(SnapshotCounter.GIVEN_UP) == 3);
            assertEquals(6, servers.logins());
            assertEquals(List.of(), messages);
        }
    }

    /** Nothing comes in. */
    private static final class Nothing implements PacketSource {
        private final SourceCounts counts = new SourceCounts();

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            return 0;
        }

        @Override
        public boolean isExhausted() {
            return false;
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public String describe() {
            return "nothing";
        }

        @Override
        public TimestampSource timestampSource() {
            return TimestampSource.BURST;
        }

        @Override
        public SourceCounts counts() {
            return counts;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
