package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.filter.DropCounts;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.OpenFilter;
import io.tickbridge.gateway.filter.UdpFrame;
import io.tickbridge.gateway.filter.UdpGroup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Reads a capture file from end to end and sorts its datagrams into channels and lines. */
public final class CaptureWalk {
    private static final int BURST = 256;

    private final Path file;
    private final InspectedFeed feed;
    private final OpenFilter filter = new OpenFilter(false);
    private final Map<Long, CaptureChannel> channels = new HashMap<>();
    private final Map<Long, UdpGroup> groups = new HashMap<>();
    private long truncated;

    /**
     * A walk through a file.
     *
     * @param file pcap or pcapng
     * @param feed what it holds
     */
    public CaptureWalk(final Path file, final InspectedFeed feed) {
        this.file = file;
        this.feed = feed;
    }

    /**
     * Reads the file.
     *
     * @param visitor takes each datagram
     */
    public void run(final DatagramVisitor visitor) {
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> frame(visitor, buffer, offset, length, time), BURST);
            }
            truncated = source.counts().truncated();
        }
    }

    /**
     * Frames that could not be read as UDP, by reason.
     *
     * @return what the filter counted
     */
    public DropCounts dropped() {
        return filter.counts();
    }

    /**
     * Frames that the capture holds only in part, such as the last one of a file that was cut.
     *
     * @return their number, once the file was read
     */
    public long truncated() {
        return truncated;
    }

    private void frame(
            final DatagramVisitor visitor, final DirectBuffer buffer, final int offset, final int length, final long time) {
        if (!filter.accept(buffer, offset, length)) {
            return;
        }
        final UdpFrame frame = filter.frame();
        final int address = frame.destinationAddress();
        final int port = frame.destinationPort();
        final UdpGroup group = groups.computeIfAbsent((long) address << Short.SIZE | port,
                key -> UdpGroup.of(Ipv4Address.format(address), port));
        final CaptureChannel channel = channels.computeIfAbsent(
                feed.channelOf(address, port), key -> new CaptureChannel(channels.size()));
        visitor.onDatagram(channel, channel.line(group), buffer, frame.payloadOffset(), frame.payloadLength(), time);
    }
}
