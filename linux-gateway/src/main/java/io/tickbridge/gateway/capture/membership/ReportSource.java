package io.tickbridge.gateway.capture.membership;

/**
 * Who reports come from.
 *
 * @param ethernet the port's Ethernet address, in the low 48 bits
 * @param address  IPv4 address; 0 where the port has none (RFC 3376, section 4.2.13)
 * @param vlan     VLAN identifier of the tag; 0 for none
 */
public record ReportSource(long ethernet, int address, int vlan) {
    private static final int HEX = 16;

    /**
     * A source by its address's text.
     *
     * @param ethernet six bytes, {@code aa:bb:cc:dd:ee:ff}
     * @param address  IPv4 address
     * @param vlan     VLAN identifier; 0 for none
     * @return the source
     * @throws IllegalArgumentException when the text is no Ethernet address
     */
    public static ReportSource of(final String ethernet, final int address, final int vlan) {
        if (!ethernet.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new IllegalArgumentException("found \"" + ethernet + "\", allowed: an Ethernet address, aa:bb:cc:dd:ee:ff");
        }
        return new ReportSource(Long.parseLong(ethernet.replace(":", ""), HEX), address, vlan);
    }
}
