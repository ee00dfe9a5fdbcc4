package io.tickbridge.gateway.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SteadyAllocation;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFilterTest {
    private static final UdpGroup GROUP = new UdpGroup(FrameBuilder.GROUP, FrameBuilder.PORT);
    private static final UdpGroup OTHER = UdpGroup.of("224.0.32.64", 15340);

    private final FrameFilter filter = new FrameFilter(true, List.of("10.1.2.3"), List.of(OTHER, GROUP));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 1472})
    void acceptsPayloadsOfAnyLength(final int length) {
        acceptsAs(1, frame -> frame.payload = IntStream.range(0, length).collect(
                () -> new ByteArrayOutputStream(), (out, i) -> out.write(i * 31), (a, b) -> { }).toByteArray());
    }

    @Test
    void acceptsVlanTags() {
        acceptsAs(1, frame -> frame.vlanTypes = new int[] {0x8100});
        acceptsAs(1, frame -> frame.vlanTypes = new int[] {0x88A8, 0x8100});
    }

    @Test
    void acceptsIpOptions() {
        acceptsAs(1, frame -> frame.optionWords = 1);
        acceptsAs(1, frame -> frame.optionWords = 10);
    }

    @Test
    void acceptsWhatFollowsTheDatagram() {
        acceptsAs(1, frame -> frame.trailer = 4);
        acceptsAs(1, frame -> frame.surplus = 12);
    }

    @Test
    void acceptsADatagramWithoutChecksum() {
        acceptsAs(1, frame -> frame.udpChecksum = false);
    }

    @Test
    void tellsGroupsApart() {
        acceptsAs(0, frame -> {
            frame.destination = OTHER.address();
            frame.port = OTHER.port();
        });
        drops(DropReason.OTHER_GROUP, frame -> frame.port = OTHER.port());
        drops(DropReason.OTHER_GROUP, frame -> frame.destination = OTHER.address());
    }

    /** A misspelt group is seen in what came instead. */
    @Test
    void namesTheFirstGroupsThatNobodyIsConfiguredFor() {
        assertEquals("", filter.otherGroups().text());
        acceptsAs(1, frame -> { });
        drops(DropReason.NOT_IPV4, wrong(DropReason.NOT_IPV4));
        assertEquals("", filter.otherGroups().text());
        for (int i = 0; i < 3; i++) {
            drops(DropReason.OTHER_GROUP, frame -> frame.port = 1);
        }
        drops(DropReason.OTHER_GROUP, frame -> frame.destination = Ipv4Address.parse("239.255.255.255"));
        assertEquals("224.0.31.64:1 (3 frames), 239.255.255.255:14340 (1 frame)", filter.otherGroups().text());
        for (int port = 65_535; port > 65_525; port--) {
            final int other = port;
            drops(DropReason.OTHER_GROUP, frame -> frame.port = other);
        }
        assertTrue(filter.otherGroups().text().endsWith(", 224.0.31.64:65530 (1 frame), others (4 frames)"), filter.otherGroups().text());
    }

    @ParameterizedTest
    @EnumSource(DropReason.class)
    void dropsForEveryReason(final DropReason reason) {
        drops(reason, wrong(reason));
    }

    private static Consumer<FrameBuilder> wrong(final DropReason reason) {
        switch (reason) {
            case SHORT_FRAME:
                return frame -> frame.trailer = -30;
            case VLAN_DEPTH:
                return frame -> frame.vlanTypes = new int[] {0x8100, 0x8100, 0x8100};
            case NOT_IPV4:
                return frame -> frame.type = 0x86DD;
            case BAD_IP_HEADER:
                return frame -> frame.version = 6;
            case BAD_IP_LENGTH:
                return frame -> frame.totalLengthError = 100;
            case BAD_IP_CHECKSUM:
                return frame -> frame.ipChecksumError = 1;
            case FRAGMENT:
                return frame -> frame.flagsAndOffset = 0x2000;
            case NOT_UDP:
                return frame -> frame.protocol = 6;
            case BAD_UDP_LENGTH:
                return frame -> frame.udpLengthError = 1;
            case OTHER_GROUP:
                return frame -> frame.destination = Ipv4Address.parse("224.0.31.65");
            case OTHER_SOURCE:
                return frame -> frame.source = Ipv4Address.parse("10.1.2.4");
            case BAD_UDP_CHECKSUM:
                return frame -> frame.udpChecksumError = 1;
            default:
                throw new AssertionError("no frame is known that is dropped for " + reason);
        }
    }

    @Test
    void dropsFurtherFormsOfTheSameWrongs() {
        drops(DropReason.SHORT_FRAME, frame -> frame.trailer = -60);
        drops(DropReason.SHORT_FRAME, frame -> {
            frame.vlanTypes = new int[] {0x8100};
            frame.trailer = -44;
        });
        drops(DropReason.NOT_IPV4, frame -> frame.type = 46);
        drops(DropReason.BAD_IP_HEADER, frame -> frame.optionWords = -1);
        drops(DropReason.BAD_IP_LENGTH, frame -> frame.totalLengthError = -16);
        drops(DropReason.FRAGMENT, frame -> frame.flagsAndOffset = 1);
        drops(DropReason.BAD_UDP_LENGTH, frame -> frame.udpLengthError = -8);
        drops(DropReason.BAD_UDP_LENGTH, frame -> frame.totalLengthError = -8);
    }

    @Test
    void leavesChecksumsAloneWhenTold() {
        final FrameFilter lenient = new FrameFilter(false, List.of(), List.of(GROUP));
        final FrameBuilder frame = new FrameBuilder();
        frame.ipChecksumError = 1;
        frame.udpChecksumError = 1;
        frame.source = 0;
        final UnsafeBuffer buffer = frame.build(0);
        assertEquals(0, lenient.accept(buffer, 0, buffer.capacity()));
    }

    @Test
    void findsEachOfManyGroups() {
        final List<UdpGroup> groups = IntStream.range(0, 500)
                .mapToObj(i -> new UdpGroup(FrameBuilder.GROUP + i % 50, FrameBuilder.PORT + i / 50)).toList();
        final FrameFilter many = new FrameFilter(true, List.of(), groups);
        for (int i = 0; i < groups.size(); i++) {
            final FrameBuilder frame = new FrameBuilder();
            frame.destination = groups.get(i).address();
            frame.port = groups.get(i).port();
            final UnsafeBuffer buffer = frame.build(0);
            assertEquals(i, many.accept(buffer, 0, buffer.capacity()));
        }
        assertEquals(500, many.counts().totalAccepted());
    }

    @Test
    void refusesAGroupOrSourceGivenTwice() {
        assertThrows(IllegalArgumentException.class, () -> new FrameFilter(true, List.of(), List.of(GROUP, GROUP)));
        assertThrows(IllegalArgumentException.class,
                () -> new FrameFilter(true, List.of("10.0.0.1", "10.0.0.1"), List.of(GROUP)));
    }

    @Test
    void survivesEverythingAndCountsIt() {
        final SplittableRandom random = new SplittableRandom(2016_11_12);
        final UnsafeBuffer good = new FrameBuilder().build(0);
        final FrameFilter lenient = new FrameFilter(false, List.of("10.1.2.3"), List.of(OTHER, GROUP));
        final int rounds = 200_000;
        for (int round = 0; round < rounds; round++) {
            final byte[] bytes = new byte[random.nextInt(good.capacity() + 40)];
            random.nextBytes(bytes);
            final UnsafeBuffer frame = new UnsafeBuffer(bytes);
            if (random.nextInt(4) > 0) {
                // Mostly a good frame with a few bytes changed: noise alone hardly gets past the first check.
                frame.putBytes(0, good, 0, Math.min(bytes.length, good.capacity()));
                for (int change = random.nextInt(3); change > 0 && bytes.length > 0; change--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            for (final FrameFilter each : List.of(filter, lenient)) {
                if (each.accept(frame, 0, bytes.length) >= 0) {
                    final int end = each.payloadOffset() + each.payloadLength();
                    assertTrue(each.payloadLength() >= 0 && end <= bytes.length, "round " + round);
                }
            }
        }
        for (final FrameFilter each : List.of(filter, lenient)) {
            assertEquals(rounds, each.counts().totalAccepted() + each.counts().totalDropped());
            assertTrue(each.counts().totalAccepted() > 0);
        }
        // Three tags in a row do not come up by chance; all else did.
        for (final DropReason reason : EnumSet.complementOf(EnumSet.of(DropReason.VLAN_DEPTH))) {
            assertTrue(filter.counts().get(reason) + lenient.counts().get(reason) > 0, reason.label());
        }
    }

    @Test
    void allocatesNothing() {
        final UnsafeBuffer good = new FrameBuilder().build(0);
        final UnsafeBuffer bad = new UnsafeBuffer(new byte[60]);
        SteadyAllocation.assertNoneIn(() -> {
            for (int i = 0; i < 50_000; i++) {
                filter.accept(good, 0, good.capacity());
                filter.accept(bad, 0, bad.capacity());
            }
        });
        assertTrue(filter.counts().totalAccepted() >= 50_000);
    }

    private void acceptsAs(final int group, final Consumer<FrameBuilder> change) {
        final FrameBuilder frame = new FrameBuilder();
        change.accept(frame);
        final long before = filter.counts().totalAccepted();
        final int at = 13;
        final UnsafeBuffer buffer = frame.build(at);
        assertEquals(group, filter.accept(buffer, at, buffer.capacity() - at));
        final byte[] payload = new byte[filter.payloadLength()];
        buffer.getBytes(filter.payloadOffset(), payload);
        assertArrayEquals(frame.payload, payload);
        assertEquals(before + 1, filter.counts().totalAccepted());
    }

    private void drops(final DropReason reason, final Consumer<FrameBuilder> change) {
        final FrameBuilder frame = new FrameBuilder();
        change.accept(frame);
        final long before = filter.counts().get(reason);
        final long beforeAll = filter.counts().totalDropped();
        final UnsafeBuffer buffer = frame.build(0);
        assertEquals(reason == DropReason.NOT_UDP ? FrameFilter.OTHER_PROTOCOL : FrameFilter.DROPPED,
                filter.accept(buffer, 0, buffer.capacity()));
        assertEquals(before + 1, filter.counts().get(reason), reason.label());
        assertEquals(beforeAll + 1, filter.counts().totalDropped());
    }
}
