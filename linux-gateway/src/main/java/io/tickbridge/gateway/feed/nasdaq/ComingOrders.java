package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.wire.WireBytes;

/** The orders that the messages of a packet name, told of together before the first of them is. One thread. */
final class ComingOrders {
    /** Told of at most: more messages than the largest Ethernet frame holds. */
    private static final int MOST = 512;

    private final StockDirectory directory;
    private final long[] instruments = new long[MOST];
    private final long[] orders = new long[MOST];
    private final int[] sides = new int[MOST];

    ComingOrders(final StockDirectory directory) {
        this.directory = directory;
    }

    /**
     * Tells of the orders of a packet; what there is no room for is not told of beforehand. A message that is of no order has
     * other bytes in that place, and one that adds none in that of the side, which do no harm: to ask for its type would cost
     * more, since no processor can guess the answer.
     *
     * @param block    where the first message's block begins
     * @param messages how many there are
     */
    void tell(final WireBytes packet, final int block, final int messages, final MarketDataListener listener) {
        final int count = Math.min(messages, MOST);
        int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
        for (int i = 0; i < count; i++) {
            final int length = u16(packet, message - MoldPacket.BLOCK_LENGTH_SIZE);
            // One that is too short for an order counts as one of a number that no order has.
            final boolean isShort = length < ItchLayout.ORDER + Long.BYTES;
            instruments[i] = isShort
                    ? StockDirectory.UNKNOWN : directory.instrument(u16(packet, message + ItchLayout.STOCK_LOCATE));
            orders[i] = isShort ? 0 : packet.getLong(message + ItchLayout.ORDER, BIG_ENDIAN);
            sides[i] = isShort || packet.getByte(message + Math.min(ItchLayout.SIDE, length - 1)) != ItchLayout.SELL
                    ? MarketDataListener.BID : MarketDataListener.ASK;
            message += length + MoldPacket.BLOCK_LENGTH_SIZE;
        }
        listener.onOrdersSoon(instruments, orders, sides, count);
    }

    private static int u16(final WireBytes packet, final int index) {
        return packet.getShort(index, BIG_ENDIAN) & 0xffff;
    }
}
