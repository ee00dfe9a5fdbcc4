package io.tickbridge.gateway.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A whole configuration file, validated.
 *
 * @param name        name of this gateway, shown to add-ons and written to the journal
 * @param countersFile where a running gateway keeps its counters for other processes to read
 * @param receive     the receive thread
 * @param placement   where threads run, and locked memory
 * @param capture     where frames come from
 * @param membership  how groups are joined where the kernel does not
 * @param filter      which frames are let through
 * @param feeds       what the frames carry
 * @param instruments what is known of instruments beforehand
 * @param signals     signal rules, in order; a rule's number is its place from 1
 * @param journal     the record of everything
 * @param link        the connection to add-ons
 * @param status      how a running gateway is watched
 * @param places      where in the file each of these stands, for error messages of those who build from them
 */
public record GatewayConfig(
        String name,
        Path countersFile,
        ReceiveConfig receive,
        PlacementConfig placement,
        CaptureConfig capture,
        MembershipConfig membership,
        FilterConfig filter,
        List<FeedConfig> feeds,
        List<InstrumentConfig> instruments,
        List<SignalConfig> signals,
        JournalConfig journal,
        LinkConfig link,
        StatusConfig status,
        Places places) {
}
