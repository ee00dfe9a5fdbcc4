package io.tickbridge.integration.demo;

import io.tickbridge.gateway.filter.UdpGroup;
import io.tickbridge.gateway.inspect.CaptureChannel;
import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.integration.process.ProcessFailure;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The channel of which a capture holds most.
 *
 * @param lines where its lines are sent to, the first seen first
 */
record CapturedChannel(List<UdpGroup> lines) {

    /** Reads the whole capture and finds it. */
    static CapturedChannel busiestIn(final Path capture, final CapturedProtocol protocol) throws ProcessFailure {
        final Map<CaptureChannel, Integer> datagrams = new LinkedHashMap<>();
        new CaptureWalk(capture, protocol.kind().feed())
                .run((channel, line, buffer, offset, length, time) -> datagrams.merge(channel, 1, Integer::sum));
        return datagrams.entrySet().stream()
                .max(Map.Entry.<CaptureChannel, Integer>comparingByValue()
                        .thenComparing(entry -> entry.getKey().number(), Comparator.reverseOrder()))
                .map(entry -> new CapturedChannel(entry.getKey().lines()))
                .orElseThrow(() -> new ProcessFailure(capture + ": holds no UDP datagram"));
    }
}
