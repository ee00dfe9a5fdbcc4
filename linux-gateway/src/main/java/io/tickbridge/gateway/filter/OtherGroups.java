package io.tickbridge.gateway.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.StringJoiner;

/**
 * Where the datagrams were sent to that no line is configured for: the first few groups, with how many each had. Who has
 * misspelt a group sees the right one here. Written by the receive thread, and only for frames that it drops anyway; read by
 * any thread. Allocates nothing after construction but its text.
 */
public final class OtherGroups {
    /** Groups that are told apart; a shared wire may carry hundreds. */
    static final int MOST = 8;

    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
    /** Place of the count of those that are not told apart. */
    private static final int REST = MOST;

    private final long[] keys = new long[MOST];
    private final long[] counts = new long[MOST + 1];
    private int used;

    OtherGroups() {
        // Nothing was dropped yet.
    }

    void add(final long key) {
        int place = 0;
        while (place < used && keys[place] != key) {
            place++;
        }
        if (place == used && used < MOST) {
            keys[place] = key;
            used++;
        }
        // Behind the key, and read before it: whoever sees a count sees whose it is.
        VALUES.setRelease(counts, place, counts[place] + 1);
    }

    /**
     * What there was.
     *
     * @return {@code 224.0.31.1:14310 (5000 frames), ...}, in order of first appearance; empty when there was none
     */
    public String text() {
        final StringJoiner text = new StringJoiner(", ");
        for (int place = 0; place <= REST; place++) {
            final long count = (long) VALUES.getAcquire(counts, place);
            if (count > 0) {
                text.add((place == REST ? "others" : group(keys[place])) + " (" + count + (count == 1 ? " frame)" : " frames)"));
            }
        }
        return text.toString();
    }

    private static String group(final long key) {
        return Ipv4Address.format((int) (key >>> Short.SIZE)) + ":" + (key & 0xffff);
    }
}
