package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.config.ReceiveTimestamps;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.SystemEpochNanoClock;

/** A process that receives a few datagrams and says with how many polls, empty ones too, and with how many bursts. */
final class PreloadedChild {
    static final int DATAGRAMS = 100;

    private PreloadedChild() {
    }

    static Subscription group(final int number) {
        return new Subscription("239.192.34." + number, 31_766, "lo");
    }

    /** Argument: number of groups. */
    public static void main(final String[] args) {
        final List<Subscription> groups =
                IntStream.range(0, Integer.parseInt(args[0])).mapToObj(PreloadedChild::group).toList();
        try (UdpMulticastSource source = UdpMulticastSource.open(
                groups, new UdpSettings(1 << 20, ReceiveTimestamps.BURST, 0), SystemEpochNanoClock.INSTANCE)) {
            System.out.println("joined");
            while (source.counts().received() < DATAGRAMS) {
                source.poll((buffer, offset, length, time, port) -> { }, DATAGRAMS);
            }
            System.out.println(
                    source.counts().bursts() + source.counts().emptyPolls() + " " + source.counts().bursts());
        }
    }
}
