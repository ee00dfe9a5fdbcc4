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

    /** What is being read: where it lies, the number of its first message, and what is told of it. */
    private DirectBuffer packet;
    private int packetOffset;
    private long packetSequence;
    private Manner packetManner;

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
        packet = buffer;
        packetOffset = offset;
        packetSequence = sequence;
        packetManner = manner;
        int block = offset + MoldPacket.HEADER_LENGTH;
        for (int i = Math.min(skip, messages); i > 0; i--) {
            block += MoldPacket.BLOCK_LENGTH_SIZE + decoder.messageLength(block);
        }
        final int end = offset + length;
        final int first = block;
        int decoded = 0;
        int last = block;
        // What is wanted for a message that cannot be read lies in fields: this loop is short of registers.
        while (block < end) {
            last = block;
            final int messageLength = decoder.messageLength(block);
            block += MoldPacket.BLOCK_LENGTH_SIZE;
            decoded += decode(block, messageLength);
            block += messageLength;
        }
        decoder.endEvent();
        noteTime(first, last, end, midnight);
        counts.add(FeedCounter.MESSAGES, decoded);
    }

    /** Notes the time of the last message that states one. */
    private void noteTime(final int first, final int last, final int end, final long midnight) {
        int latest = -1;
        if (last < end && statesTime(last)) {
            latest = last;
        } else {
            for (int block = first; block < end; block += MoldPacket.BLOCK_LENGTH_SIZE + decoder.messageLength(block)) {
                latest = statesTime(block) ? block : latest;
            }
        }
        if (latest >= 0) {
            // Not every message of a snapshot need be as late as what it takes account of.
            final long time = midnight + decoder.timestamp(latest + MoldPacket.BLOCK_LENGTH_SIZE);
            lastTime = packetManner == Manner.SNAPSHOT ? Math.max(lastTime, time) : time;
        }
    }

    private boolean statesTime(final int block) {
        return decoder.messageLength(block) >= ItchLayout.HEADER_LENGTH
                && decoder.type(block + MoldPacket.BLOCK_LENGTH_SIZE) != EndOfSnapshot.TYPE;
    }

    /** 1 when the message was decoded. */
    private int decode(final int message, final int messageLength) {
        final int type = messageLength == 0 ? 0 : decoder.type(message);
        final int expected = ItchLayout.length(type);
        if (packetManner != Manner.NEWS || expected == 0 || messageLength != expected) {
            return decodeWithCare(message, messageLength, type, expected);
        }
        return outcome(decoder.decode(message, type), message);
    }

    /** The same of what is not plain news: of a message that should not be there, or while books are made. */
    private int decodeWithCare(final int message, final int messageLength, final int type, final int expected) {
        final Manner manner = packetManner;
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
                lose(message, manner);
            }
            return 0;
        }
        if (manner == Manner.SNAPSHOT && !ItchLayout.isOfSnapshot(type)) {
            counts.increment(FeedCounter.MALFORMED);
            lose(message, manner);
            return 0;
        }
        if (manner == Manner.CATCH_UP && !evidence.agreesWithNext(packet, message)) {
            lose(message, Manner.SNAPSHOT); // it is the snapshot that is of no use
            return 0;
        }
        return outcome(decoder.decode(message, type), message);
    }

    private int outcome(final Outcome outcome, final int message) {
        if (outcome == Outcome.DECODED || outcome == Outcome.PASSED_OVER) {
            return 1;
        }
        if (outcome == Outcome.UNKNOWN_INSTRUMENT) {
            counts.increment(FeedCounter.UNKNOWN_INSTRUMENTS);
        } else {
            counts.increment(FeedCounter.MALFORMED);
            lose(message, packetManner);
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

    private void lose(final int message, final Manner manner) {
        long sequence = packetSequence;
        for (int block = packetOffset + MoldPacket.HEADER_LENGTH; block + MoldPacket.BLOCK_LENGTH_SIZE < message;
                block += MoldPacket.BLOCK_LENGTH_SIZE + decoder.messageLength(block)) {
            sequence++;
        }
        decoder.endEvent();
        losses.onLost(sequence, manner);
    }
}
