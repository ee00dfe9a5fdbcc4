package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.Transport;
import java.util.Locale;

/**
 * A kind of link to measure.
 *
 * @param mode      how it is secured
 * @param transport of the gateway's end
 * @param everyTurn whether sockets are looked at in every turn; otherwise as seldom as a gateway does
 */
record LinkCase(LinkSecurity.Mode mode, Transport transport, boolean everyTurn) {

    /** What its figures' names begin with. */
    String label() {
        return "link." + mode.name().toLowerCase(Locale.ROOT) + '.' + transport.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (everyTurn ? ".polled-in-every-turn" : "");
    }
}
