package io.tickbridge.gateway.capture.file;

import java.util.Map;

/** Link types by their registered numbers (draft-ietf-opsawg-pcaplinktype). Only Ethernet frames can be used here. */
final class LinkType {
    static final int ETHERNET = 1;

    private static final Map<Integer, String> NAMES = Map.of(
            0, "NULL", 9, "PPP", 101, "RAW", 105, "IEEE802_11", 113, "LINUX_SLL", 127, "IEEE802_11_RADIOTAP",
            228, "IPV4", 229, "IPV6", 276, "LINUX_SLL2");

    private LinkType() {
    }

    static String describe(final int linkType) {
        return "link type " + linkType + " (" + NAMES.getOrDefault(linkType, "unknown here") + ")";
    }

    static String wanted() {
        return "link type " + ETHERNET + " (ETHERNET); capture on an Ethernet interface, not on 'any'";
    }
}
