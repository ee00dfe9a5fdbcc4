package io.tickbridge.gateway.feed.cme;

/**
 * Tells how time passes at the exchange, by the SendingTime of its packets. One that does not go with the time that passed
 * here is believed only when the next one bears it out: a single packet with a wrong time must neither give up what others
 * wait for nor make all that comes later look old.
 *
 * <p>One thread; allocates nothing.
 */
final class SendingTimes {
    /** ns by which both clocks may differ between two packets; many times what a reorder timeout sensibly is. */
    static final long SPREAD = 60_000_000_000L;

    private boolean known;
    private long latest;
    private long latestReceived;
    /** The one before, which was not believed; 0 when the one before was. */
    private long doubted;
    private long doubtedReceived;

    /**
     * A packet of a line.
     *
     * @param sendingTime as it states, ns since the Unix epoch
     * @param receiveTime when it came, ns since the Unix epoch
     * @return the same time, or what it should be when it cannot be believed
     */
    long of(final long sendingTime, final long receiveTime) {
        if (known && isNear(sendingTime, latest, receiveTime - latestReceived)) {
            doubted = 0;
            if (sendingTime > latest) {
                latest = sendingTime;
                latestReceived = receiveTime;
            }
            return sendingTime;
        }
        if (!known || doubted != 0 && isNear(sendingTime, doubted, receiveTime - doubtedReceived)) {
            // The second one: it was the time before that was wrong, or the exchange has set its clock.
            known = true;
            doubted = 0;
            latest = sendingTime;
            latestReceived = receiveTime;
            return sendingTime;
        }
        doubted = sendingTime;
        doubtedReceived = receiveTime;
        return at(receiveTime);
    }

    /** The time at the exchange when a packet came, as far as it is known. */
    private long at(final long receiveTime) {
        return latest + Math.max(0, receiveTime - latestReceived);
    }

    /** The latest time that was believed. */
    long latest() {
        return latest;
    }

    private static boolean isNear(final long time, final long other, final long passed) {
        final long difference = time - other;
        return difference >= -SPREAD && difference <= Math.max(0, passed) + SPREAD;
    }
}
