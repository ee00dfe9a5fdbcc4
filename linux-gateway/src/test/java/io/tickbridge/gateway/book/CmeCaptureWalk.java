package io.tickbridge.gateway.book;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads line A of the captured CME session straight off its bytes, so that books are tested against the capture
 * alone and not against the decoder that feeds them in the product. Knows the templates and the one schema version
 * that this capture holds, and no more.
 */
final class CmeCaptureWalk {
    private static final int PCAPNG_ENHANCED_PACKET = 6;
    private static final int ETHERNET_IPV4_UDP = 14 + 20 + 8;
    private static final int LINE_A_PORT = 14340;
    private static final int PACKET_HEADER = 12;
    private static final int MESSAGE_HEADER = 10;
    private static final int END_OF_EVENT = 0x80;
    /** Price exponent of schema version 6 is -7. */
    private static final long NANO_PER_MANTISSA = 100;

    private final ByteBuffer file;
    /** Where each UDP payload begins and ends. */
    private final List<int[]> packets = new ArrayList<>();
    private int packet;
    /** Where the next message begins. */
    private int message;

    CmeCaptureWalk() {
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng")))
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int block = 0; block + 12 <= file.capacity(); block += file.getInt(block + 4)) {
            final int frame = block + 28;
            if (file.getInt(block) == PCAPNG_ENHANCED_PACKET
                    && Short.toUnsignedInt(Short.reverseBytes(file.getShort(frame + 36))) == LINE_A_PORT) {
                packets.add(new int[] {frame + ETHERNET_IPV4_UDP, frame + file.getInt(block + 20)});
            }
        }
    }

    void rewind() {
        packet = 0;
        message = 0;
    }

    boolean hasNext() {
        return packet < packets.size();
    }

    /** Tells what the next message says and returns the sequence of its packet. */
    long next(final MarketDataListener listener) {
        final int[] payload = packets.get(packet);
        message = Math.max(message, payload[0] + PACKET_HEADER);
        message(listener, message + MESSAGE_HEADER, file.getShort(message + 2), file.getShort(message + 4));
        message += Short.toUnsignedInt(file.getShort(message));
        if (message + MESSAGE_HEADER > payload[1]) {
            packet++;
        }
        return Integer.toUnsignedLong(file.getInt(payload[0]));
    }

    private void message(final MarketDataListener listener, final int body, final int blockLength,
            final int template) {
        if (template != 32 && template != 35 && template != 37 && template != 42) {
            return;
        }
        final long transactTime = file.getLong(body);
        final int group = body + blockLength;
        final int entryLength = file.getShort(group);
        final int entries = Byte.toUnsignedInt(file.get(group + 2));
        for (int i = 0; i < entries; i++) {
            entry(listener, template, group + 3 + i * entryLength, transactTime);
        }
        if ((file.get(body + 8) & END_OF_EVENT) != 0) {
            listener.onEventEnd(transactTime);
        }
    }

    private void entry(final MarketDataListener listener, final int template, final int entry, final long time) {
        switch (template) {
            case 32 -> listener.onLevel(file.getInt(entry + 12), reportSequence(entry + 16),
                    switch (file.get(entry + 26)) {
                        case '0' -> MarketDataListener.BID;
                        case '1' -> MarketDataListener.ASK;
                        case 'E' -> MarketDataListener.IMPLIED_BID;
                        case 'F' -> MarketDataListener.IMPLIED_ASK;
                        default -> throw new AssertionError("entry type " + file.get(entry + 26));
                    },
                    file.get(entry + 25), file.get(entry + 24) - 1, file.getLong(entry) * NANO_PER_MANTISSA,
                    file.getInt(entry + 8), orders(file.getInt(entry + 20)));
            case 42 -> listener.onTrade(file.getInt(entry + 12), reportSequence(entry + 16), time,
                    file.getLong(entry) * NANO_PER_MANTISSA, file.getInt(entry + 8), -1);
            case 37 -> listener.onOtherUpdate(file.getInt(entry + 4), reportSequence(entry + 8));
            default -> listener.onOtherUpdate(file.getInt(entry + 8), reportSequence(entry + 12));
        }
    }

    /** Implied levels state no number of orders: null is the greatest int. */
    private static int orders(final int stated) {
        return stated == Integer.MAX_VALUE ? 0 : stated;
    }

    private long reportSequence(final int offset) {
        return Integer.toUnsignedLong(file.getInt(offset));
    }
}
