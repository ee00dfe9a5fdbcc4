package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.udp.NetworkLink;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when an interface loses its carrier and when it has it again: a pulled cable, a dead transceiver, a switch that
 * restarts, or an interface that nobody has set up. Without it nothing comes, and no source notices. One that is gone
 * altogether is left to the source to report.
 *
 * <p>Status thread; takes system calls.
 */
final class CarrierWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);
    private static final Pattern DPDK_INTERFACE = Pattern.compile("(?:^|,)iface=([^,]+)");

    private final String name;
    private final Function<String, Optional<NetworkLink>> kernel;
    private NetworkLink last;
    private boolean carrier = true;
    private boolean unreadable;
    private long losses;

    /** A watch that has yet to look. */
    CarrierWatch(final String name, final Function<String, Optional<NetworkLink>> kernel) {
        this.name = name;
        this.kernel = kernel;
    }

    /** One for each interface of the kernel's that a live configuration names; none for a NIC that the kernel has not. */
    static List<CarrierWatch> of(final GatewayConfig config) {
        final CaptureConfig capture = config.capture();
        final List<String> names = switch (capture.source()) {
            case UDP, AFXDP -> config.feeds().stream().flatMap(feed -> feed.lines().stream())
                    .map(FeedConfig.Line::networkInterface).filter(Objects::nonNull).distinct().toList();
            case EFVI -> List.of(capture.efVi().networkInterface());
            case DPDK -> DPDK_INTERFACE.matcher(capture.dpdk().device()).results().map(found -> found.group(1)).toList();
            case PCAP -> List.of();
        };
        return names.stream().map(name -> new CarrierWatch(name, NetworkLink::find)).toList();
    }

    /** Looks once more. */
    void look() {
        final Optional<NetworkLink> found;
        try {
            found = kernel.apply(name);
        } catch (final CaptureException e) {
            if (!unreadable) {
                unreadable = true;
                LOG.warn("whether interface {} has a carrier is not known: {}", name, e.getMessage());
            }
            return;
        }
        if (found.isEmpty()) {
            carrier = false;
            last = null;
            return;
        }
        final NetworkLink now = found.get();
        if (carrier && !now.carrier()) {
            losses++;
            LOG.warn("interface {} has no carrier: nothing can be received on it; check that it is up (ip link set dev {} up), "
                    + "its cable and the switch", name, name);
        } else if (!carrier && now.carrier()) {
            LOG.info("interface {} has a carrier", name);
        } else if (now.carrier() && last != null && last.index() == now.index() && now.carrierDowns() != last.carrierDowns()) {
            losses++;
            LOG.warn("interface {} lost its carrier for a moment; what was sent meanwhile is lost", name);
        }
        carrier = now.carrier();
        last = now;
    }

    String name() {
        return name;
    }

    /** 1 while the interface has a carrier. */
    long carrier() {
        return carrier ? 1 : 0;
    }

    /** How often it was found to have lost its carrier, or to have none at the start. */
    long losses() {
        return losses;
    }
}
