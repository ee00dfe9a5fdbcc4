package io.tickbridge.integration.demo;

import io.tickbridge.gateway.inspect.FeedKind;

/** What a capture holds: {@code --protocol}. Called as in the gateway's configuration. */
enum CapturedProtocol {
    CME_MDP3("cme-mdp3", FeedKind.CME, true),
    // IEX publishes captures in which most UDP checksums are not those of the packets.
    IEX_TOPS("iex-tops", FeedKind.IEX, false),
    IEX_DEEP("iex-deep", FeedKind.IEX, false);

    private final String name;
    private final FeedKind kind;
    private final boolean checksums;

    CapturedProtocol(final String name, final FeedKind kind, final boolean checksums) {
        this.name = name;
        this.kind = kind;
        this.checksums = checksums;
    }

    FeedKind kind() {
        return kind;
    }

    /** Whether checksums in captures of it can be relied on. */
    boolean checksums() {
        return checksums;
    }

    @Override
    public String toString() {
        return name;
    }
}
