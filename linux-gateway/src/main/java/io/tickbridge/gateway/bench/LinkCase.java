package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.Transport;
import java.util.Locale;

/**
 * A kind of link to measure.
 *
 * @param mode         how it is secured
 * @param transport    of the gateway's end
 * @param pollInterval ns between two looks at the sockets when nothing was written; 0: at every turn
 */
record LinkCase(LinkSecurity.Mode mode, Transport transport, long pollInterval) {

    /** What its figures' names begin with. */
    String label() {
        return "link." + mode.name().toLowerCase(Locale.ROOT) + '.' + transport.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (pollInterval == 0 ? "" : ".polled-every-" + pollInterval / 1000 + "us");
    }
}
