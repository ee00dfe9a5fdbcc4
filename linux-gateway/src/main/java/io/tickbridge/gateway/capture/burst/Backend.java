package io.tickbridge.gateway.capture.burst;

import java.util.Locale;

/** A receive technology with a native library of its own. */
public enum Backend {
    /** A port driven by DPDK. */
    DPDK("DPDK", "libdpdk-dev gcc", "librte-meta-all"),
    /** AF_XDP sockets. */
    AFXDP("AF_XDP", "libxdp-dev libbpf-dev clang gcc", "libxdp1 libbpf1"),
    /** Solarflare's and AMD's ef_vi. */
    EFVI("ef_vi", "gcc, and the headers of OpenOnload", "openonload (from AMD)");

    private final String label;
    private final String buildPackages;
    private final String runPackages;

    Backend(final String label, final String buildPackages, final String runPackages) {
        this.label = label;
        this.buildPackages = buildPackages;
        this.runPackages = runPackages;
    }

    /** Name for people. */
    String label() {
        return label;
    }

    /** Name of the library's file. */
    String file() {
        return "libtickbridge_" + name().toLowerCase(Locale.ROOT) + ".so";
    }

    /** Debian packages that building it needs. */
    String buildPackages() {
        return buildPackages;
    }

    /** Debian packages that running it needs. */
    String runPackages() {
        return runPackages;
    }
}
