package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.claim.InterfaceClaim;
import io.tickbridge.gateway.capture.claim.InterfaceUse;
import io.tickbridge.gateway.capture.udp.NetworkLink;
import io.tickbridge.gateway.ops.CountersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether something can arrive on an interface that is there: its link is up, and nobody else takes its frames. */
final class InterfaceCheck {
    private final long own;

    /**
     * A check.
     *
     * @param countersFile of the configuration: the gateway that runs with it does not stand against itself
     */
    InterfaceCheck(final Path countersFile) {
        this.own = process(countersFile);
    }

    private static long process(final Path countersFile) {
        if (!Files.isReadable(countersFile)) {
            return -1;
        }
        try (CountersFile file = CountersFile.open(countersFile)) {
            return file.processId();
        } catch (final RuntimeException e) {
            return -1; // no counters that could be read: of no gateway that runs
        }
    }

    /**
     * Looks.
     *
     * @param name    of the interface; one that is not there is somebody else's to notice
     * @param use     what the source does with its frames
     * @param finding takes each finding
     */
    void run(final String name, final InterfaceUse use, final Consumer<String> finding) {
        final Optional<NetworkLink> link;
        try {
            link = NetworkLink.find(name);
        } catch (final CaptureException e) {
            finding.accept(e.getMessage());
            return;
        }
        if (link.isEmpty()) {
            return;
        }
        if (!link.get().carrier()) {
            finding.accept(name + ": the interface is down or has no carrier, nothing can be received on it; check that it is up "
                    + "(ip link set dev " + name + " up), its cable and the switch");
        }
        try {
            InterfaceClaim.against(link.get().index(), use).filter(holder -> holder.process() != own)
                    .ifPresent(holder -> finding.accept(InterfaceClaim.text(name, link.get().index(), use, holder)));
        } catch (final InterfaceClaim.Unavailable e) {
            finding.accept(name + ": whether another gateway receives from it is not known: " + e.getMessage());
        }
    }
}
