package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.MarketDataListener;
import org.agrona.DirectBuffer;

/**
 * Whether a snapshot is of the session that the lines carry. GLIMPSE states neither date nor session in a way that could be
 * compared with MoldUDP64's, and a number to go on with fits any day. What does not fit are times to which the lines have not
 * come, locate codes ("dynamically assigned each day") and orders: whatever the lines change must be there, whatever they add
 * must be new, what they had removed before the snapshot must be gone. Nothing of it may be contradicted, and so many orders
 * must be confirmed before anything is believed. A snapshot without orders is one from before the first of the day: when the
 * lines had some before its end it is refused, and else it is believed when what comes next makes sense on top of it.
 *
 * <p>One thread; allocates nothing.
 */
final class SnapshotEvidence {
    /**
     * Orders of the snapshot that the lines have to name, or half of them where that is less. One in some hundred of another
     * day's numbers is live by chance, and in the same stock.
     */
    static final int PROOFS = 8;
    /** ns by which servers' clocks may differ. */
    static final long CLOCK_SPREAD = 10_000_000_000L;
    private static final long UNKNOWN_TIME = -1;

    private final MarketDataListener listener;
    private final StockDirectory directory;
    /** Orders of the snapshot, and the highest number of one. */
    private long orders;
    private long highestOrder;
    /** Latest time that the snapshot states, ns since midnight. */
    private long latestTime;
    private final long[] proven = new long[PROOFS];
    private int proofs;
    /** Latest time that the lines stated, ns since midnight, and when its packet came. */
    private long lineTime = UNKNOWN_TIME;
    private long lineReceiveTime;

    SnapshotEvidence(final MarketDataListener listener, final StockDirectory directory) {
        this.listener = listener;
        this.directory = directory;
    }

    /** A session begins. */
    void forget() {
        lineTime = UNKNOWN_TIME;
    }

    /** A snapshot begins. */
    void begin() {
        orders = 0;
        highestOrder = 0;
        latestTime = 0;
        proofs = 0;
    }

    /** A packet of the lines came. */
    void onLine(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        final long time = MoldPacket.firstTimestamp(buffer, offset, length);
        if (time > lineTime) {
            lineTime = time;
            lineReceiveTime = receiveTime;
        }
    }

    /** A sound datagram of the snapshot. */
    void onSnapshot(final DirectBuffer buffer, final int offset) {
        int block = offset + MoldPacket.HEADER_LENGTH;
        for (int i = MoldPacket.messages(buffer, offset); i > 0; i--) {
            final int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
            final int length = MoldPacket.messageLength(buffer, block);
            if (isWhole(buffer, message, length)) {
                latestTime = Math.max(latestTime, ItchLayout.timestamp(buffer, message));
                if (isAdd(type(buffer, message))) {
                    orders++;
                    final long order = order(buffer, message);
                    highestOrder = Long.compareUnsigned(order, highestOrder) > 0 ? order : highestOrder;
                }
            }
            block = message + length;
        }
    }

    /** Whether the lines have come to the times that the snapshot states, as far as is known. */
    boolean isOfItsTime(final long receiveTime) {
        return lineTime == UNKNOWN_TIME
                || latestTime <= lineTime + Math.max(0, receiveTime - lineReceiveTime) + CLOCK_SPREAD;
    }

    /**
     * Holds messages of a kept packet, which the snapshot takes account of, against it.
     *
     * @param from first message of the packet, from 0
     * @param to   the one behind the last
     * @return false when they contradict each other
     */
    boolean agreesWithEarlier(final DirectBuffer buffer, final int offset, final int from, final int to) {
        int block = offset + MoldPacket.HEADER_LENGTH;
        boolean agrees = true;
        for (int i = 0; i < to; i++) {
            final int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
            final int length = MoldPacket.messageLength(buffer, block);
            if (i >= from && isWhole(buffer, message, length)) {
                agrees &= agreesWithEarlier(buffer, message);
            }
            block = message + length;
        }
        return agrees;
    }

    private boolean agreesWithEarlier(final DirectBuffer buffer, final int message) {
        if (ItchLayout.isOfOrder(type(buffer, message)) && !isIntroduced(buffer, message)) {
            return false;
        }
        switch (type(buffer, message)) {
            case 'A', 'F':
                if (!isKnownAs(buffer, message)) {
                    return false;
                }
                return restsAt(buffer, message, order(buffer, message), ItchLayout.price(buffer, message));
            case 'U':
                return isGone(buffer, message, order(buffer, message)) && restsAt(
                        buffer, message, ItchLayout.newOrder(buffer, message), ItchLayout.newPrice(buffer, message));
            case 'D':
                return isGone(buffer, message, order(buffer, message));
            case 'X', 'E', 'C':
                return orders > 0 || !listener.tellsOrderPrices();
            default:
                return true;
        }
    }

    /** Holds a message, of a length that was checked and which is about to be applied to the snapshot, against it. */
    boolean agreesWithNext(final DirectBuffer buffer, final int message) {
        if (ItchLayout.isOfOrder(type(buffer, message)) && !isIntroduced(buffer, message)) {
            return false;
        }
        switch (type(buffer, message)) {
            case 'A', 'F':
                return isKnownAs(buffer, message) && isGone(buffer, message, order(buffer, message));
            case 'U':
                return agreesWithChange(buffer, message)
                        && isGone(buffer, message, ItchLayout.newOrder(buffer, message));
            case 'D', 'X', 'E', 'C':
                return agreesWithChange(buffer, message);
            default:
                return true;
        }
    }

    private boolean agreesWithChange(final DirectBuffer buffer, final int message) {
        final long order = order(buffer, message);
        final long price = price(buffer, message, order);
        if ((orders == 0 || Long.compareUnsigned(order, highestOrder) <= 0) && isKnown(price)) {
            confirm(order); // else it was added since, and is no proof of what was before
        }
        return price != MarketDataListener.NO_PRICE;
    }

    /** An order was added at this price. It may be gone since, and then it proves nothing. */
    private boolean restsAt(final DirectBuffer buffer, final int message, final long order, final long stated) {
        final long price = price(buffer, message, order);
        if (!isKnown(price)) {
            return orders > 0 || !listener.tellsOrderPrices();
        }
        confirm(order);
        return price == stated;
    }

    private boolean isGone(final DirectBuffer buffer, final int message, final long order) {
        return !isKnown(price(buffer, message, order));
    }

    private static boolean isKnown(final long price) {
        return price != MarketDataListener.NO_PRICE && price != MarketDataListener.PRICE_UNTOLD;
    }

    /** Whether so many orders were confirmed that another session's are out of the question. */
    boolean isProven() {
        return !listener.tellsOrderPrices() || proofs >= (orders == 0 ? PROOFS : Math.min((orders + 1) / 2, PROOFS));
    }

    /** Each order counts once. */
    private void confirm(final long order) {
        if (proofs == PROOFS) {
            return;
        }
        for (int i = 0; i < proofs; i++) {
            if (proven[i] == order) {
                return;
            }
        }
        proven[proofs++] = order;
    }

    private boolean isKnownAs(final DirectBuffer buffer, final int message) {
        return directory.instrument(ItchLayout.locate(buffer, message)) == ItchLayout.orderStock(buffer, message);
    }

    /** A snapshot introduces every stock. */
    private boolean isIntroduced(final DirectBuffer buffer, final int message) {
        return directory.instrument(ItchLayout.locate(buffer, message)) != StockDirectory.UNKNOWN;
    }

    private long price(final DirectBuffer buffer, final int message, final long order) {
        return listener.orderPrice(directory.instrument(ItchLayout.locate(buffer, message)), order);
    }

    private static boolean isWhole(final DirectBuffer buffer, final int message, final int length) {
        return length > 0 && length == ItchLayout.length(type(buffer, message));
    }

    private static boolean isAdd(final int type) {
        return type == 'A' || type == 'F';
    }

    private static int type(final DirectBuffer buffer, final int message) {
        return buffer.getByte(message) & 0xff;
    }

    private static long order(final DirectBuffer buffer, final int message) {
        return ItchLayout.order(buffer, message);
    }
}
