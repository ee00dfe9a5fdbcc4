package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkConfig;
import java.io.IOException;

/** Keys and certificates, for those who only want to know whether they will do. */
public final class LinkKeyFile {
    private LinkKeyFile() {
    }

    /**
     * Reads keys and certificates as the link will.
     *
     * @param config the link's part of the configuration
     * @throws IOException saying what is wrong with which file and how to make a good one
     */
    public static void check(final LinkConfig config) throws IOException {
        PeerKeys.read(config);
        LinkTls.read(config);
    }
}
