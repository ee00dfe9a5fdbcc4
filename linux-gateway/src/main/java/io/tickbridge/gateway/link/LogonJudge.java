package io.tickbridge.gateway.link;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.tickbridge.protocol.LogonDecoder;
import io.tickbridge.protocol.RejectReason;
import java.net.InetAddress;
import java.util.Optional;

/** Who a connection proves to be, and whether he may log on: SPECIFICATION.md, section 4. One thread. */
final class LogonJudge {

    /** What becomes of a Logon. */
    sealed interface Verdict {
        /**
         * It is turned away.
         *
         * @param counter where that is counted
         * @param reason  for the add-on
         * @param text    for people
         */
        record Refused(LinkCounter counter, RejectReason reason, String text) implements Verdict {
        }

        /**
         * It is accepted.
         *
         * @param client     name
         * @param key        it proved
         * @param transcript of what both said
         */
        record Admitted(String client, PeerKey key, byte[] transcript) implements Verdict {
        }
    }

    private final LinkContext context;
    private final PeerPlaces places;
    private final InetAddress address;
    private final SslHandler secured;
    private final boolean seals;

    /**
     * For one connection.
     *
     * @param secured encrypts it; null where nothing does
     */
    LogonJudge(final LinkContext context, final PeerPlaces places, final SocketChannel channel, final SslHandler secured) {
        this.context = context;
        this.places = places;
        this.secured = secured;
        address = channel.remoteAddress().getAddress();
        seals = context.config().security().isSealed();
    }

    /**
     * Judges.
     *
     * @param message   as it came
     * @param version   that its header states
     * @param challenge the frame that it answers, as it was sent
     * @param nonce     in that
     * @param now       ns since the Unix epoch
     */
    Verdict judge(final LogonDecoder message, final int version, final byte[] challenge, final byte[] nonce, final long now) {
        final String client = WireText.printable(message.clientName());
        if (!LinkVersion.isSpoken(version, seals)) {
            return new Verdict.Refused(LinkCounter.REJECTED_VERSION, RejectReason.VERSION_NOT_SUPPORTED, "version " + version
                    + ", spoken here are " + LinkVersion.oldest(seals) + " to " + LinkVersion.NEWEST);
        }
        final Optional<PeerKey> key = context.keys().isUnreadable() ? Optional.empty() : identify(client, now);
        if (key.isEmpty()) {
            return new Verdict.Refused(LinkCounter.REJECTED_NAME, RejectReason.NOT_PERMITTED,
                    client + " is not known here, is revoked, or has expired");
        }
        final byte[] transcript = context.logon().transcript(challenge, message);
        if (key.get().key() != null && !context.logon().isRight(message, nonce, transcript, key.get().key())) {
            return new Verdict.Refused(LinkCounter.REJECTED_AUTHENTICATION, RejectReason.AUTHENTICATION_FAILED,
                    "the key of " + client + " is not the gateway's");
        }
        final boolean again = message.resumeSession() == context.session();
        return places.refusal(client, key.get().rights(), address, again, now)
                .<Verdict>map(why -> new Verdict.Refused(LinkCounter.REJECTED_TOO_MANY_PEERS, RejectReason.TOO_MANY_PEERS, why))
                .orElseGet(() -> new Verdict.Admitted(client, key.get(), transcript));
    }

    /** What somebody of that name may do as of now; empty when he may not stay. */
    Optional<PeerKey> identify(final String client, final long now) {
        if (secured == null) {
            return context.keys().byKey(client, now);
        }
        final String serial = LinkTls.serial(secured);
        return serial == null ? Optional.empty() : context.keys().byCertificate(client, serial, now);
    }
}
