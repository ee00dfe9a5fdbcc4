package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.burst.Backend;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.gateway.capture.claim.InterfaceUse;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.capture.udp.InterfaceIndex;
import io.tickbridge.gateway.capture.udp.ReversePath;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.OpenLink;
import io.tickbridge.gateway.files.FileFailure;
import io.tickbridge.gateway.link.LinkKeyFile;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.placement.PlacementCheck;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration names and this machine does not have: capture, key, interfaces, address. A configuration may be
 * written for another machine, so that the caller decides what a finding is worth.
 */
public final class MachineCheck {
    private final GatewayConfig config;
    private final List<String> findings = new ArrayList<>();

    private MachineCheck(final GatewayConfig config) {
        this.config = config;
    }

    /**
     * Looks at this machine. Opens files to read them and an unused port to try the address; leaves nothing behind.
     *
     * @param config what to look for
     * @return each finding whole: file, line, key, what is wrong, what to do; empty when everything is there
     */
    public static List<String> run(final GatewayConfig config) {
        final MachineCheck check = new MachineCheck(config);
        switch (config.capture().source()) {
            case PCAP -> check.captureFile(config.capture().file());
            case UDP -> {
                check.interfaces(InterfaceUse.SOCKETS);
                check.reversePaths();
            }
            case DPDK -> {
                check.library(Backend.DPDK);
                check.dpdk(config.capture().dpdk().device());
            }
            case AFXDP -> {
                check.library(Backend.AFXDP);
                check.interfaces(InterfaceUse.TAKES);
                final XdpDeviceCheck device = new XdpDeviceCheck(SystemTree.MACHINE, config.capture().afXdp());
                check.interfaceNames().forEach(name -> device.run(name, check::add));
            }
            case EFVI -> {
                check.library(Backend.EFVI);
                check.networkInterface("capture.efvi.interface", config.capture().efVi().networkInterface());
                check.interfaceState("capture.efvi.interface", config.capture().efVi().networkInterface(), InterfaceUse.SHARES);
            }
        }
        new SourceRights(SystemTree.MACHINE).run(config.capture(), check::add);
        if (config.link().enabled()) {
            check.keyFile();
            check.listenAddress();
            OpenLink.finding(config).ifPresent(check.findings::add);
        }
        final PlacementCheck placement = new PlacementCheck(SystemTree.MACHINE, config);
        final long memory = Pipeline.memoryOutsideHeap(config) + Runtime.getRuntime().maxMemory();
        check.findings.addAll(placement.lines(memory, true));
        check.findings.addAll(placement.lines(memory, false));
        return List.copyOf(check.findings);
    }

    /**
     * What works here, but not as well as whoever wrote it may think.
     *
     * @param config what to look at
     * @return one line each, with its place in the file
     */
    public static List<String> notes(final GatewayConfig config) {
        final String path = "capture.dpdk.device";
        return config.capture().source() == CaptureConfig.Source.DPDK
                ? DpdkDeviceCheck.note(config.capture().dpdk().device()).stream()
                        .map(text -> config.places().of(path) + ": " + path + ": " + text).toList() : List.of();
    }

    private void captureFile(final Path file) {
        try {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            // A pipe's first bytes would be gone for the gateway, and opening one may wait for its writer.
            if (Files.isRegularFile(file)) {
                CaptureFiles.open(file).close();
                CaptureGroups.finding(config, file).ifPresent(text -> add("feeds", text));
            }
        } catch (final IOException e) {
            add("capture.file", file + ": " + FileFailure.reason(e) + "; put the capture there or name another");
        } catch (final CaptureException e) {
            add("capture.file", e.getMessage());
        }
    }

    private void library(final Backend backend) {
        try {
            BurstSource.requireLibrary(backend);
        } catch (final CaptureException e) {
            add("capture.source", e.getMessage());
        }
    }

    private void dpdk(final String text) {
        final Optional<String> absent = new DpdkDeviceCheck(SystemTree.MACHINE).run(text);
        absent.ifPresent(what -> add("capture.dpdk.device", what));
        final DpdkDevice device = DpdkDevice.parse(text);
        final Optional<SoftwareDriver> driver = SoftwareDriver.of(device);
        driver.flatMap(known -> known.networkInterface(device))
                .ifPresent(name -> interfaceState("capture.dpdk.device", name, driver.get().use()));
        final String file = device.argument("rx_pcap");
        if (absent.isEmpty() && !file.isEmpty() && Files.isRegularFile(Path.of(file))) {
            try {
                CaptureGroups.finding(config, Path.of(file)).ifPresent(what -> add("feeds", what));
            } catch (final CaptureException e) {
                add("capture.dpdk.device", e.getMessage());
            }
        }
    }

    private void interfaces(final InterfaceUse use) {
        for (int i = 0; i < config.feeds().size(); i++) {
            final List<FeedConfig.Line> lines = config.feeds().get(i).lines();
            for (int j = 0; j < lines.size(); j++) {
                networkInterface("feeds[" + i + "].lines[" + j + "].interface", lines.get(j).networkInterface());
            }
        }
        interfaceNames().forEach(name -> interfaceState("capture.source", name, use));
    }

    private List<String> interfaceNames() {
        return config.feeds().stream().flatMap(feed -> feed.lines().stream()).map(FeedConfig.Line::networkInterface).distinct().toList();
    }

    private void interfaceState(final String path, final String name, final InterfaceUse use) {
        new InterfaceCheck(config.countersFile()).run(name, use, what -> add(path, what));
    }

    private void reversePaths() {
        final ReversePath kernel = new ReversePath();
        interfaceNames().forEach(name -> kernel.finding(name, config.filter().sources()).ifPresent(what -> add("capture.source", what)));
    }

    private void networkInterface(final String path, final String name) {
        try {
            InterfaceIndex.of(name);
        } catch (final CaptureException e) {
            add(path, "found \"" + name + "\": " + e.getMessage());
        }
    }

    private void keyFile() {
        try {
            LinkKeyFile.check(config.link());
        } catch (final IOException e) {
            add("link.key-file", e.getMessage());
        }
    }

    /** Binds a port that the system chooses: what an address may be bound to, only the system knows. */
    private void listenAddress() {
        final String address = config.link().listen();
        try {
            new ServerSocket(0, 1, InetAddress.getByName(address)).close();
        } catch (final IOException e) {
            add("link.listen", "found \"" + address + "\", which cannot be listened on: " + e.getMessage()
                    + "; allowed: an address of this machine, or 0.0.0.0 for all of them");
        }
    }

    private void add(final String path, final String what) {
        findings.add(config.places().of(path) + ": " + path + ": " + what);
    }
}
