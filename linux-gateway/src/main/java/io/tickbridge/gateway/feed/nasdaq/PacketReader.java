package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.nasdaq.MessageDecoder.Outcome;
import org.agrona.DirectBuffer;

/**
 * Reads the messages of sound packets one after the other, and counts what became of each.
 *
 * <p>One thread; allocates nothing after construction, but for the day's date.
 */
final class PacketReader {
    /** Which messages of a packet are told. */
    enum Manner {
        /** All of them. */
        NEWS,
        /** Those of trades that change no book: the books are being made from a snapshot, and what changes them is kept. */
        TRADES_ONLY,
        /** All the others: those of trades that change no book were told when they came. */
        CATCH_UP,
        /** What a snapshot is made of; anything else in it counts as lost. */
        SNAPSHOT
    }

    /** Told of messages that cannot be used although a book may be wrong without them. */
    @FunctionalInterface
    interface Losses {
        /** This one; what follows in the packet is read all the same. */
        void onLost(long sequence, Manner manner);
    }

    private final MarketDataListener listener;
    private final MessageDecoder decoder;
    private final FeedCounts counts;
    private final EasternDay day;
    private final Losses losses;
    /** What is applied to a snapshot is held against it first. */
    private final SnapshotEvidence evidence;
    private long lastTime;

    PacketReader(
            final MarketDataListener listener, final MessageDecoder decoder, final FeedCounts counts, final EasternDay day,
            final Losses losses, final SnapshotEvidence evidence) {
        this.listener = listener;
        this.decoder = decoder;
        this.counts = counts;
        this.day = day;
        this.losses = losses;
        this.evidence = evidence;
    }

    /** Time of the message that was read last, ns since the Unix epoch; 0 before the first. */
    long lastTime() {
        return lastTime;
    }

    /** Reads a packet from the message behind those to be skipped on. */
    void read(
            final DirectBuffer buffer, final int offset, final int length, final long sequence, final long receiveTime,
            final int skip, final boolean late, final Manner manner) {
        listener.onPacketStart(receiveTime, late);
        final long midnight = day.midnightBefore(receiveTime);
        decoder.begin(buffer, offset, length, midnight);
        final int messages = MoldPacket.messages(buffer, offset);
        if (messages > 1 && listener.wantsOrdersSoon()) {
            decoder.announce(offset + MoldPacket.HEADER_LENGTH, messages);
        }
        int decoded = 0;
        int block = offset + MoldPacket.HEADER_LENGTH;
        int last = -1;
        for (int i = 0; i < messages; i++) {
            final int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
            final int messageLength = decoder.messageLength(block);
            if (i >= skip) {
                decoded += decode(buffer, message, messageLength, sequence + i, manner);
                last = statesTime(message, messageLength) ? message : last;
            }
            block = message + messageLength;
        }
        decoder.endEvent();
        if (last >= 0) {
            // Not every message of a snapshot need be as late as what it takes account of.
            final long time = midnight + decoder.timestamp(last);
            lastTime = manner == Manner.SNAPSHOT ? Math.max(lastTime, time) : time;
        }
        counts.add(FeedCounter.MESSAGES, decoded);
    }

    private boolean statesTime(final int message, final int messageLength) {
        return messageLength >= ItchLayout.HEADER_LENGTH && decoder.type(message) != EndOfSnapshot.TYPE;
    }

    /** 1 when the message was decoded. */
    private int decode(
            final DirectBuffer buffer, final int message, final int messageLength, final long sequence,
            final Manner manner) {
        final int type = messageLength == 0 ? 0 : decoder.type(message);
        final int expected = ItchLayout.length(type);
        if (manner != Manner.NEWS && isPassedOver(type, manner)) {
            return 0;
        }
        if (expected == 0) {
            counts.increment(FeedCounter.UNKNOWN_MESSAGES);
            return 0;
        }
        if (messageLength != expected) {
            counts.increment(FeedCounter.MALFORMED);
            if (ItchLayout.concernsBooks(type)) {
                lose(sequence, manner);
            }
            return 0;
        }
        if (manner == Manner.SNAPSHOT && !ItchLayout.isOfSnapshot(type)) {
            counts.increment(FeedCounter.MALFORMED);
            lose(sequence, manner);
            return 0;
        }
        if (manner == Manner.CATCH_UP && !evidence.agreesWithNext(buffer, message)) {
            lose(sequence, Manner.SNAPSHOT); // it is the snapshot that is of no use
            return 0;
        }
        final Outcome outcome = decoder.decode(message, type);
        if (outcome == Outcome.DECODED || outcome == Outcome.PASSED_OVER) {
            return 1;
        }
        if (outcome == Outcome.UNKNOWN_INSTRUMENT) {
            counts.increment(FeedCounter.UNKNOWN_INSTRUMENTS);
        } else {
            counts.increment(FeedCounter.MALFORMED);
            lose(sequence, manner);
        }
        return 0;
    }

    private static boolean isPassedOver(final int type, final Manner manner) {
        return switch (manner) {
            case NEWS -> false;
            case TRADES_ONLY -> !ItchLayout.isTradeAlone(type);
            case CATCH_UP -> ItchLayout.isTradeAlone(type);
            case SNAPSHOT -> type == EndOfSnapshot.TYPE;
        };
    }

    private void lose(final long sequence, final Manner manner) {
        decoder.endEvent();
        losses.onLost(sequence, manner);
    }
}
