package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.filter.DropCounts;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.OpenFilter;
import io.tickbridge.gateway.filter.UdpFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/** Reads a capture file from end to end and sorts its datagrams into channels and lines. */
public final class CaptureWalk {
    private static final int BURST = 256;
    /** Numbers of one datagram: fewer than it has bytes. */
    private static final int MAX_MESSAGES = 1 << 16;

    private final Path file;
    private final InspectedFeed feed;
    private final OpenFilter filter = new OpenFilter(false);
    /** By what its lines have in common; those by group alone, of which no datagram has told yet, among them. */
    private final Map<Object, CaptureChannel> channels = new HashMap<>();
    private final Map<Long, CaptureChannel> groups = new HashMap<>();
    /** By key, where a key alone does not make groups lines of one channel. */
    private final Map<Object, List<SpokenMessages>> spoken = new HashMap<>();
    private final Map<Long, SpokenMessages> spokenOf = new HashMap<>();
    private final long[] prints = new long[MAX_MESSAGES];
    private final List<String> omissions = new ArrayList<>();
    private long datagrams;

    /**
     * A walk through a file.
     *
     * @param file pcap or pcapng, or a file of messages where the feed has such a form
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
     * @throws CaptureException when it cannot be read, or holds something else than the feed
     */
    public void run(final DatagramVisitor visitor) {
        final Optional<MessageFile> messages = feed.messageFile(file);
        if (messages.isPresent()) {
            omissions.addAll(messages.get().read(new CaptureChannel(0), visitor));
            return;
        }
        final FeedRecognition recognition = new FeedRecognition(file, feed, visitor);
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> frame(recognition, buffer, offset, length, time), BURST);
            }
            recognition.end();
            noteOmissions(source);
        }
    }

    /**
     * What was left out, in words.
     *
     * @return a line for each kind of omission, naming the file; empty when the whole file was read
     */
    public List<String> omissions() {
        return omissions;
    }

    private void noteOmissions(final PacketSource source) {
        final DropCounts dropped = filter.counts();
        if (datagrams == 0 && dropped.totalDropped() > 0) {
            throw new CaptureException(file + ": not one of its " + dropped.totalDropped()
                    + " frames is a whole IPv4/UDP datagram; wanted a capture of " + feed.description(), null);
        }
        // The frame that a cut went through counts as one that is there only in part.
        final long cut = source.truncation().isPresent() ? 1 : 0;
        final long partial = source.counts().truncated() - cut;
        source.truncation().ifPresent(omissions::add);
        if (partial > 0) {
            omissions.add(file + ": left out " + partial + " frame(s) of which the capture has only the beginning");
        }
        if (dropped.totalDropped() > 0) {
            omissions.add(file + ": left out " + dropped.totalDropped() + " frame(s) that are no whole IPv4/UDP datagrams: "
                    + Arrays.stream(DropReason.values()).filter(reason -> dropped.get(reason) > 0)
                            .map(reason -> dropped.get(reason) + " " + reason.label()).collect(Collectors.joining(", ")));
        }
    }

    private void frame(
            final DatagramVisitor visitor, final DirectBuffer buffer, final int offset, final int length, final long time) {
        if (!filter.accept(buffer, offset, length)) {
            return;
        }
        datagrams++;
        final UdpFrame frame = filter.frame();
        final int address = frame.destinationAddress();
        final int port = frame.destinationPort();
        final long group = Integer.toUnsignedLong(address) << Short.SIZE | port;
        final CaptureChannel channel = channel(group, address, port, buffer, frame.payloadOffset(), frame.payloadLength());
        visitor.onDatagram(channel, channel.line(group), buffer, frame.payloadOffset(), frame.payloadLength(), time);
    }

    /** The channel of a group: what its first datagram that tells says, whatever comes later. */
    private CaptureChannel channel(
            final long group, final int address, final int port, final DirectBuffer buffer, final int offset, final int length) {
        final CaptureChannel known = groups.get(group);
        if (known != null) {
            final SpokenMessages messages = spokenOf.get(group);
            if (messages != null) {
                messages.add(feed.sequence(buffer, offset, length), prints, feed.fingerprints(buffer, offset, length, prints));
            }
            return known;
        }
        final Object key = feed.channelOf(address, port, buffer, offset, length);
        final int count = key == null ? -1 : feed.fingerprints(buffer, offset, length, prints);
        if (count >= 0) {
            return channelThatSaysTheSame(group, key, feed.sequence(buffer, offset, length), count);
        }
        final CaptureChannel channel = channels.computeIfAbsent(
                key == null ? (Object) group : key, absent -> new CaptureChannel(channels.size()));
        if (key != null) {
            groups.put(group, channel);
        }
        return channel;
    }

    private static String name(final long group) {
        return Ipv4Address.format((int) (group >>> Short.SIZE)) + ':' + (group & 0xffff);
    }

    private CaptureChannel channelThatSaysTheSame(final long group, final Object key, final long sequence, final int count) {
        final List<SpokenMessages> others = spoken.computeIfAbsent(key, absent -> new ArrayList<>());
        SpokenMessages same = others.stream().filter(other -> other.agrees(sequence, prints, count)).findFirst().orElse(null);
        if (same == null) {
            // A number of its own for what has no group of its own yet as well.
            final CaptureChannel channel = new CaptureChannel(channels.size());
            channels.put(others.isEmpty() ? key : List.of(key, others.size()), channel);
            same = new SpokenMessages(channel, name(group));
            if (!others.isEmpty()) {
                omissions.add(file + ": " + name(group) + " names the session '" + key.toString().strip() + "' as "
                        + others.get(0).group() + " does, and says other things in it: read as a feed of its own");
            }
            others.add(same);
        }
        same.add(sequence, prints, count);
        groups.put(group, same.channel());
        spokenOf.put(group, same);
        return same.channel();
    }
}
