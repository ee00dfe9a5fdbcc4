package io.tickbridge.gateway.link;

import io.tickbridge.protocol.ClockProbeDecoder;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.HeartbeatDecoder;
import io.tickbridge.protocol.PeerRights;
import io.tickbridge.protocol.ReportStreamDecoder;
import org.agrona.DirectBuffer;

/**
 * A logged-on add-on, from its LogonAccepted until its connection closes: what it asks is answered, what it reports is taken, what
 * it gets is its {@link Delivery}'s business. It never ends the connection; it says when there is no room left. One thread.
 */
final class PeerSession {

    /** What was made of a frame. */
    enum Outcome {
        /** All is well. */
        DONE,
        /** It belongs to nothing that a logged-on add-on may say. */
        UNEXPECTED,
        /** The journal has no room for the report. */
        JOURNAL_BUSY,
        /** The answer found no room. */
        TOO_SLOW
    }

    private final LinkContext context;
    private final PeerOutbox outbox;
    private final String client;
    private final Delivery delivery;
    /** null where the version has no reports. */
    private final ReportIntake intake;
    private final ClockProbeDecoder probe = new ClockProbeDecoder();
    private PeerKey granted;
    private long nextHeartbeat;
    private long heartbeats;
    private PeerFigures figures;

    /**
     * Begins.
     *
     * @param client     its name
     * @param granted    what it proved, and what it may do
     * @param outbox     of this connection, with its LogonAccepted in it
     * @param resumption where it goes on
     * @param intake     of its reports; null where its version has none
     * @param now        ns since the Unix epoch
     */
    PeerSession(final LinkContext context, final String client, final PeerKey granted, final PeerOutbox outbox,
            final Resumption resumption, final ReportIntake intake, final long now) {
        this.context = context;
        this.client = client;
        this.granted = granted;
        this.outbox = outbox;
        this.intake = intake;
        delivery = new Delivery(context, outbox, new CatchUp(context, outbox, resumption));
        nextHeartbeat = now + context.config().heartbeat();
    }

    String client() {
        return client;
    }

    PeerKey granted() {
        return granted;
    }

    /** The same name has the same rights by an entry that may have another end. */
    void granted(final PeerKey anew) {
        granted = anew;
    }

    /** Whether it is of that name and may trade. */
    boolean trades(final String name) {
        return granted.rights() == PeerRights.TRADE && client.equals(name);
    }

    Outcome onFrame(final DirectBuffer buffer, final int offset, final FrameHeaderDecoder header, final long now) {
        final int template = header.templateId();
        if (template == ClockProbeDecoder.TEMPLATE_ID) {
            return onProbe(probe.wrapAndApplyHeader(buffer, offset, header), now);
        }
        if (intake != null && template == ReportStreamDecoder.TEMPLATE_ID) {
            return outcome(intake.onStream(buffer, offset, header, now));
        }
        if (intake != null && ReportIntake.isReport(template)) {
            return outcome(intake.onReport(buffer, offset, header, now));
        }
        return template == HeartbeatDecoder.TEMPLATE_ID ? Outcome.DONE : Outcome.UNEXPECTED;
    }

    private static Outcome outcome(final ReportIntake.Verdict verdict) {
        return switch (verdict) {
            case SETTLES -> Outcome.DONE;
            case UNEXPECTED -> Outcome.UNEXPECTED;
            case BUSY -> Outcome.JOURNAL_BUSY;
        };
    }

    private Outcome onProbe(final ClockProbeDecoder message, final long now) {
        final int offset = outbox.claim(SessionFrames.CLOCK_REPLY_LENGTH);
        if (offset < 0) {
            return Outcome.TOO_SLOW;
        }
        context.counts().increment(LinkCounter.CLOCK_PROBES);
        context.sessionFrames().clockReply(outbox.buffer(), offset, message.probe(), message.clientSendTime(),
                now, outbox.sequence(), context.clock().nanoTime());
        return Outcome.DONE;
    }

    boolean onSequenced(final long sequence) {
        return delivery.onSequenced(sequence);
    }

    boolean onDefinition(final LinkedInstrument instrument, final long now) {
        return delivery.onDefinition(instrument, now);
    }

    void onQuote(final LinkedInstrument instrument, final long now) {
        delivery.onQuote(instrument, now);
    }

    void onTrade(
            final LinkedInstrument instrument, final long exchangeTime, final long price, final int quantity,
            final int aggressor, final long now) {
        delivery.onTrade(instrument, exchangeTime, price, quantity, aggressor, now);
    }

    /**
     * Writes what is due by the clock.
     *
     * @return false when it finds no room: the peer is too slow
     */
    boolean advance(final long now) {
        delivery.advance(now);
        return beat(now) && (intake == null || intake.advance(outbox, now));
    }

    private boolean beat(final long now) {
        if (now - nextHeartbeat < 0) {
            return true;
        }
        nextHeartbeat = now + context.config().heartbeat();
        final int offset = outbox.claim(SessionFrames.HEARTBEAT_LENGTH);
        if (offset >= 0) {
            context.sessionFrames().heartbeat(outbox.buffer(), offset, ++heartbeats, outbox.sequence(), now);
        }
        return offset >= 0;
    }

    /** Says to other threads how it stands with the add-on. */
    void publish(final PeerFigures.All all) {
        if (figures == null) {
            figures = all.of(client);
            figures.loggedOn();
        }
        figures.state(context.retained().last() - outbox.sequence(), outbox.waiting());
    }

    /** Says to other threads that it has left. */
    void publishLeft() {
        if (figures != null) {
            figures.left();
            figures = null;
        }
    }
}
