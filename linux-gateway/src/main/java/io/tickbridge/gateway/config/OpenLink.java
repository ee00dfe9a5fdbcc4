package io.tickbridge.gateway.config;

import java.util.Optional;

/** A link whose frames show nobody's hand on a wire that others may reach: allowed, and not to be chosen by mistake. */
public final class OpenLink {
    /** What it means and what to do. */
    public static final String TEXT = "is plain on an address that others may reach: whoever gets between can read, alter and insert frames "
            + "after the logon, reports of trades too";
    /** What to write instead. */
    public static final String MEND = "security: tls, or hmac where nothing may be encrypted, under link:";

    private OpenLink() {
    }

    /**
     * Looks for it.
     *
     * @param config that was read
     * @return the finding with its place in the file; empty when the link is protected, on loopback, or not there
     */
    public static Optional<String> finding(final GatewayConfig config) {
        final LinkConfig link = config.link();
        return link.enabled() && link.security().isOpenToOthers(link.listen())
                ? Optional.of(config.places().of("link.security") + ": link.security: " + TEXT + "; write " + MEND) : Optional.empty();
    }
}
