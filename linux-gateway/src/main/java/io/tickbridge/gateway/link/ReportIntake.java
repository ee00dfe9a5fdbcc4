package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.OrderEventDecoder;
import io.tickbridge.protocol.PeerRights;
import io.tickbridge.protocol.ReportOutcome;
import io.tickbridge.protocol.ReportStreamDecoder;
import io.tickbridge.protocol.RiskDecisionDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one peer reports: checked, handed to the journal, and acknowledged once it is there. SPECIFICATION.md, section 6a.
 * Allocates nothing for a report. One thread.
 */
final class ReportIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);

    /**
     * So long at least between two acknowledgements, ns. Each costs the receive thread a system call of several us, and no
     * order waits for one: the add-on only forgets what it need not say again.
     */
    private static final long ACKNOWLEDGEMENT_INTERVAL = 1_000_000;

    /** What was made of a frame. */
    enum Verdict {
        /** It was taken, known already, or refused by right; an acknowledgement will say so. */
        SETTLES,
        /** It breaks the rules. */
        UNEXPECTED,
        /** The journal has no room for it. */
        BUSY
    }

    private final LinkContext context;
    private final long connection;
    private final String name;
    private final PeerRights rights;
    private final ReportStreamDecoder stream = new ReportStreamDecoder();
    private long lastTold;
    private boolean declared;
    private long streamNumber;
    /** Newest number that is to be acknowledged, and the newest that was. */
    private long taken;
    private long acknowledged;
    /** Everything up to this number is in the journal once it has come this far. */
    private long markedNumber;
    private long markedPosition;

    ReportIntake(final LinkContext context, final long connection, final String name, final PeerRights rights) {
        this.context = context;
        this.connection = connection;
        this.name = name;
        this.rights = rights;
    }

    static boolean isReport(final int template) {
        return template >= OrderEventDecoder.TEMPLATE_ID && template <= RiskDecisionDecoder.TEMPLATE_ID;
    }

    Verdict onStream(final DirectBuffer buffer, final int offset, final FrameHeaderDecoder header, final long now) {
        stream.wrapAndApplyHeader(buffer, offset, header);
        if (declared || stream.stream() == 0 || stream.firstSequence() < 1) {
            return Verdict.UNEXPECTED;
        }
        declared = true;
        streamNumber = stream.stream();
        taken = rights == PeerRights.TRADE
                ? context.reports().begin(streamNumber, stream.firstSequence()) : stream.firstSequence() - 1;
        // Should the add-on not have heard of it: what was taken on an earlier connection is acknowledged again.
        acknowledged = stream.firstSequence() - 1;
        markedNumber = acknowledged;
        mark();
        if (stream.lost() != 0) {
            LOG.warn("link: {} has lost {} reports that found no room there", name, Long.toUnsignedString(stream.lost()));
        }
        context.journal().event(connection, 1, "report-stream", name, "", "stream " + Long.toUnsignedString(streamNumber)
                + " from " + stream.firstSequence() + ", acknowledged " + stream.acknowledged() + ", lost " + stream.lost(), now);
        return Verdict.SETTLES;
    }

    Verdict onReport(final DirectBuffer buffer, final int offset, final FrameHeaderDecoder header, final long now) {
        final long number = header.sequence();
        if (!declared || number < 1 || (header.flags() & Link.FLAG_SEQUENCED) == 0
                || buffer.getLong(offset + Link.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) != streamNumber) {
            return Verdict.UNEXPECTED;
        }
        if (rights != PeerRights.TRADE) {
            context.counts().increment(LinkCounter.REPORTS_NOT_PERMITTED);
            taken = Math.max(taken, number);
            return Verdict.SETTLES;
        }
        if (number <= context.reports().last(streamNumber)) {
            context.counts().increment(LinkCounter.REPORTS_DUPLICATE);
            return Verdict.SETTLES;
        }
        final int length = (int) header.frameLength();
        if (!context.journal().report(connection, buffer, offset, length, now)) {
            context.counts().increment(LinkCounter.REPORTS_TURNED_AWAY);
            return Verdict.BUSY;
        }
        final long missing = number - context.reports().last(streamNumber) - 1;
        if (missing > 0) {
            onMissing(missing, number, now);
        }
        context.counts().increment(LinkCounter.REPORTS);
        context.reports().took(streamNumber, number);
        taken = number;
        mark();
        return Verdict.SETTLES;
    }

    private void onMissing(final long missing, final long number, final long now) {
        context.counts().add(LinkCounter.REPORTS_MISSING, missing);
        LOG.warn("link: {} reports of {} are missing before number {}: they found no room at the add-on", missing, name, number);
        context.journal().event(connection, missing, "reports-missing", name, "", "before number " + number, now);
    }

    /** One mark at a time: a peer that reports without a pause must not put its acknowledgement off for ever. */
    private void mark() {
        if (markedNumber <= acknowledged && taken > acknowledged) {
            markedNumber = taken;
            markedPosition = context.journal().position();
        }
    }

    /**
     * Acknowledges what is settled by now.
     *
     * @return false when the peer does not take it
     */
    boolean advance(final PeerOutbox outbox, final long now) {
        if (taken <= acknowledged || now - lastTold < ACKNOWLEDGEMENT_INTERVAL) {
            return true;
        }
        lastTold = now;
        final LinkJournal journal = context.journal();
        if (rights != PeerRights.TRADE) {
            return acknowledge(outbox, taken, ReportOutcome.NOT_PERMITTED, now);
        }
        if (journal.writtenPosition() < markedPosition) {
            return true;
        }
        // After the position: a journal that failed says so before it gives anything up.
        final boolean kept = journal.isKept();
        if (!kept) {
            context.counts().add(LinkCounter.REPORTS_NOT_JOURNALLED, markedNumber - acknowledged);
        }
        final boolean told = acknowledge(
                outbox, markedNumber, kept ? ReportOutcome.JOURNALLED : ReportOutcome.NOT_JOURNALLED, now);
        mark();
        return told;
    }

    private boolean acknowledge(final PeerOutbox outbox, final long through, final ReportOutcome outcome, final long now) {
        final int offset = outbox.claim(SessionFrames.ACKNOWLEDGEMENT_LENGTH);
        if (offset < 0) {
            return false;
        }
        context.sessionFrames()
                .acknowledgement(outbox.buffer(), offset, streamNumber, through, outcome, outbox.sequence(), now);
        acknowledged = through;
        return true;
    }
}
