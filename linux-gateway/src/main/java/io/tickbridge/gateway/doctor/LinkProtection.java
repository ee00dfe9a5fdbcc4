package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.OpenLink;
import java.util.List;
import java.util.Locale;

/** What keeps others out of the add-ons' sessions. */
final class LinkProtection implements Check {
    @Override
    public String name() {
        return "link-security";
    }

    @Override
    public String why() {
        return "what add-ons trade on, and what they report, is worth what keeps others from altering it";
    }

    @Override
    public List<Observation> look(final Host host) {
        return List.of(host.config().map(config -> config.link().enabled() ? judge(config.link()) : Observation.notHere("the link is off"))
                .orElse(Observation.notHere("no configuration was named")));
    }

    private static Observation judge(final LinkConfig link) {
        final String mode = link.security().inForce(link.listen()).name().toLowerCase(Locale.ROOT) + " on " + link.listen();
        return link.security().isOpenToOthers(link.listen()) ? Observation.advice(mode, "tls or hmac", OpenLink.MEND) : Observation.ok(mode);
    }
}
