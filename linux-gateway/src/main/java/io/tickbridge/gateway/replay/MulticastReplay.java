package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.filter.UdpFrame;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalException;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Sends a journal's datagrams again, to the multicast groups and ports they came from, so that a gateway, or whatever else
 * listens to the exchange, can be rehearsed. Payloads are those on record; the headers are this machine's.
 */
public final class MulticastReplay implements JournalRecordHandler {
    private static final int PORT_BITS = 16;
    private static final int LARGEST_DATAGRAM = 65_535;

    private final DatagramChannel channel;
    private final RecordRange range;
    private final Pace pace;
    private final UdpFrame udp = new UdpFrame(false);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final Long2ObjectHashMap<InetSocketAddress> groups = new Long2ObjectHashMap<>();
    private long sent;
    private long skipped;
    private RunNames names;

    private MulticastReplay(final DatagramChannel channel, final RecordRange range, final Pace pace) {
        this.channel = channel;
        this.range = range;
        this.pace = pace;
    }

    /**
     * What was done.
     *
     * @param sent    datagrams sent
     * @param skipped frames that no multicast datagram is made of: what a recovery server sent
     */
    public record Result(long sent, long skipped) {
    }

    /**
     * Sends.
     *
     * @param directory        the journal's
     * @param networkInterface name of the interface that datagrams leave by
     * @param timeToLive       routers they may pass, and one
     * @param range            what of the journal
     * @param pace             how fast
     * @return counts
     * @throws JournalException when the journal cannot be read or nothing can be sent
     */
    public static Result run(
            final Path directory, final String networkInterface, final int timeToLive, final RecordRange range, final Pace pace) {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                JournalReader reader = JournalReader.open(directory)) {
            final NetworkInterface out = NetworkInterface.getByName(networkInterface);
            if (out == null) {
                throw new JournalException("no network interface is called " + networkInterface + "; `ip link` shows those there are");
            }
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, out);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, timeToLive);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            final MulticastReplay replay = new MulticastReplay(channel, range, pace);
            while (!pace.isEnded() && reader.next(replay)) {
                Thread.onSpinWait();
            }
            return new Result(replay.sent, replay.skipped);
        } catch (final IOException e) {
            throw new JournalException("cannot send on " + networkInterface + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        names = pace.shows() ? RunNames.of(run) : null;
        pace.begin();
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        if (!range.contains(index, receiveTime)) {
            return;
        }
        if (udp.wrap(buffer, offset, length) != null || udp.destinationAddress() >>> 28 != 0xe) { // 224.0.0.0/4
            skipped++;
            return;
        }
        while (!pace.isDue(receiveTime)) {
            if (pace.isEnded()) {
                return;
            }
            Thread.onSpinWait();
        }
        payload.clear().limit(udp.payloadLength());
        buffer.getBytes(udp.payloadOffset(), payload, udp.payloadLength());
        payload.flip();
        try {
            channel.send(payload, group(udp.destinationAddress(), udp.destinationPort()));
        } catch (final IOException e) {
            throw new JournalException("datagram of journal index 0x" + Long.toHexString(index) + " cannot be sent: " + e.getMessage(), e);
        }
        sent++;
        pace.onFrame(index, receiveTime, line, length);
    }

    private InetSocketAddress group(final int address, final int port) throws IOException {
        final long key = (long) address << PORT_BITS | port;
        InetSocketAddress group = groups.get(key);
        if (group == null) {
            group = new InetSocketAddress(InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(address).array()), port);
            groups.put(key, group);
        }
        return group;
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        if (range.contains(index, receiveTime)) {
            pace.onSignal(names == null ? "" : SignalReading.of(names, number -> null, body, offset));
        }
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        // Nothing can be sent of it; the receiver sees the hole as the gateway did.
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        // The next one begins anew.
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        // As with a gap.
    }
}
