package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkConfig;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What all peers of one run share.
 *
 * @param config        limits and intervals
 * @param gatewayName   shown to add-ons
 * @param signals       configured rules, in order
 * @param clock         ns since the Unix epoch
 * @param session       number of this run, not 0
 * @param logon         proofs
 * @param retained      newest sequenced frames
 * @param instruments   instruments known
 * @param sessionFrames writes session messages
 * @param marketFrames  writes market messages
 * @param counts        what happened
 * @param rejections    logs what did not log on
 * @param journal       keeps reports and events
 * @param reports       last report of each stream
 * @param keys          who may log on
 */
record LinkContext(
        LinkConfig config,
        String gatewayName,
        List<SignalDescription> signals,
        EpochNanoClock clock,
        long session,
        LogonExchange logon,
        RetainedFrames retained,
        LinkedInstruments instruments,
        SessionFrames sessionFrames,
        MarketFrames marketFrames,
        LinkCounts counts,
        RejectionLog rejections,
        LinkJournal journal,
        ReportStreams reports,
        PeerKeys keys) {
}
