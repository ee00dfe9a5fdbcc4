package io.tickbridge.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A session of DEEP+ messages by seed: one symbol, orders that come, change, trade and go, bids always below offers. */
final class DeepPlusSession {
    private static final byte[] SYMBOL = "ZIEXT   ".getBytes(US_ASCII);
    private static final long OPENING = 1_700_000_000_000_000_000L;
    private static final long STEP = 50_000;

    private final List<byte[]> messages = new ArrayList<>();
    private final List<long[]> live = new ArrayList<>();
    private final Random random;

    DeepPlusSession(final long seed, final int length) {
        random = new Random(seed);
        messages.add(message(10, 'S', 'O').array());
        messages.add(message(22, 'H', 'T').put(SYMBOL).put("    ".getBytes(US_ASCII)).array());
        messages.add(message(18, 'O', 'N').put(SYMBOL).array());
        while (messages.size() < length) {
            next();
        }
    }

    List<byte[]> messages() {
        return messages;
    }

    /** When the message of a number was sent. */
    static long time(final int number) {
        return OPENING + number * STEP;
    }

    private ByteBuffer message(final int length, final char type, final char code) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) type).put((byte) code).putLong(time(messages.size() + 1));
    }

    private void next() {
        final int kind = live.size() < 6 ? 0 : random.nextInt(10);
        if (kind < 5) {
            final boolean buy = random.nextBoolean();
            final long price = 1_000_000 + (buy ? -100L : 100L) * (1 + random.nextInt(5));
            final long[] order = {messages.size(), price, 100 + random.nextInt(900)};
            live.add(order);
            messages.add(message(38, 'a', buy ? '8' : '5').put(SYMBOL)
                    .putLong(order[0]).putInt((int) order[2]).putLong(price).array());
            return;
        }
        final int index = random.nextInt(live.size());
        final long[] order = live.get(index);
        if (kind < 7) {
            live.remove(index);
            messages.add(message(26, 'R', '\0').put(SYMBOL).putLong(order[0]).array());
        } else if (kind < 9) {
            final int size = 1 + random.nextInt((int) order[2]);
            order[2] -= size;
            if (order[2] == 0) {
                live.remove(index);
            }
            messages.add(message(46, 'L', '\0').put(SYMBOL)
                    .putLong(order[0]).putInt(size).putLong(order[1]).putLong(messages.size()).array());
        } else {
            order[2] = 100 + random.nextInt(900);
            messages.add(message(38, 'M', '\1').put(SYMBOL)
                    .putLong(order[0]).putInt((int) order[2]).putLong(order[1]).array());
        }
    }
}
