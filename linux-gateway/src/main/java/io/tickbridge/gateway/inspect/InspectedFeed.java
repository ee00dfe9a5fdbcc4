package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.protocol.Venue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** What the inspection commands need to know of a feed. */
public interface InspectedFeed {
    /** Lines of one channel that are told apart; a capture has one or two. */
    int MAX_LINES = 8;
    /** Packets held back while an earlier one is missing, as in a gateway by default. */
    int REORDER_WINDOW = 256;
    /** ns of exchange time after which a missing packet is given up, as in a gateway by default. */
    long REORDER_TIMEOUT = 1_000_000_000L;
    /** ns by receive time after which a missing packet is given up, as in a gateway by default. */
    long REORDER_WAIT = 10_000_000L;

    /**
     * What it is, for people.
     *
     * @return its name, with what is understood of it
     */
    String description();

    /**
     * Where its instruments trade.
     *
     * @return the venue
     */
    Venue venue();

    /**
     * The channel that a group belongs to, as far as its first sound datagram tells.
     *
     * @param address IPv4 destination address, high byte first
     * @param port    UDP destination port
     * @param buffer  holds a datagram that was sent there
     * @param offset  where it begins
     * @param length  its bytes
     * @return equal for lines of one channel; null when this datagram does not tell
     */
    Object channelOf(int address, int port, DirectBuffer buffer, int offset, int length);

    /**
     * What tells a datagram's messages from others with the same numbers, where equal keys of {@link #channelOf} alone do not
     * make two groups lines of one channel.
     *
     * @param buffer holds one that has a key
     * @param offset where it begins
     * @param length its bytes
     * @param prints takes one for each number that the datagram has, from {@link #sequence} on
     * @return how many; -1 where the key says it all
     */
    default int fingerprints(final DirectBuffer buffer, final int offset, final int length, final long[] prints) {
        return -1;
    }

    /**
     * How many numbers of its line a datagram has, so that redundant lines can be made one by them.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @return -1 for one that is taken as it is: it has no number, or numbers alone do not tell what was said twice
     */
    int units(DirectBuffer buffer, int offset, int length);

    /**
     * What a datagram's numbers belong to, beside its channel.
     *
     * @param buffer holds one that has {@link #units}
     * @param offset where it begins
     * @return equal for all that are counted together
     */
    default String session(final DirectBuffer buffer, final int offset) {
        return "";
    }

    /**
     * Whether {@link #handler} makes one of a channel's lines, and so has to see all of them.
     *
     * @return false for CME, whose packets are numbered, not messages
     */
    boolean handlesLines();

    /**
     * A datagram without its first messages, which another line had in another packet.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @param units  how many of those that {@link #units} counts are left out
     * @return a copy of the rest, as a datagram
     */
    default DirectBuffer withoutFirst(final DirectBuffer buffer, final int offset, final int length, final int units) {
        throw new UnsupportedOperationException("datagrams of " + description() + " are one unit");
    }

    /**
     * Spells out its messages.
     *
     * @return an inspector
     */
    MessageInspector inspector();

    /**
     * Decodes one line of a channel, or a channel whose lines were made one, as line 0; where it {@link #handlesLines},
     * any number of lines below {@link #MAX_LINES}. Where {@link #content} may be STATE, line 1 takes that.
     *
     * @param buffer   holds a datagram of the channel, from which its protocol can be told
     * @param offset   where it begins
     * @param length   its bytes
     * @param listener told of the market
     * @return a handler that has seen nothing yet
     */
    FeedHandler handler(DirectBuffer buffer, int offset, int length, MarketDataListener listener);

    /**
     * Whether its books are made of single orders, so that there is no book without them.
     *
     * @param buffer holds a datagram of the channel, from which its protocol can be told
     * @param offset where it begins
     * @param length its bytes
     * @return false for levels or quotes, whether or not orders are told of beside them
     */
    default boolean tellsOrders(final DirectBuffer buffer, final int offset, final int length) {
        return false;
    }

    /** What a datagram tells. */
    enum Content {
        /** What has changed. */
        CHANGE,
        /** What is, as channels do that repeat it all day; those number anew in every loop and are not arbitrated. */
        STATE,
        /** Neither: it only shows that the channel is alive, or makes no sense. */
        NEITHER
    }

    /**
     * What a datagram tells.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @return CHANGE for all feeds that have nothing else
     */
    default Content content(final DirectBuffer buffer, final int offset, final int length) {
        return Content.CHANGE;
    }

    /**
     * What a channel shares with those that repeat its state.
     *
     * @param channel one that is in a capture
     * @return equal for all that tell of the same instruments
     */
    default long family(final CaptureChannel channel) {
        return channel.number();
    }

    /**
     * Where definitions of instruments are to be found, for who finds none in a capture.
     *
     * @return what would help, as the end of a sentence
     */
    String definitionsComeFrom();

    /**
     * Where statistics of a session are to be found, for who finds none in a capture.
     *
     * @return what would help, as the end of a sentence
     */
    String statisticsComeFrom();

    /**
     * What makes single orders known, for who finds them unknown in a capture.
     *
     * @return what would help, as the end of a sentence
     */
    String ordersComeFrom();

    /**
     * Reads a file that holds the feed's messages without any network around them, where it has such a form.
     *
     * @param file the file
     * @return its reader; empty when the file is none, and so a capture if anything
     */
    default Optional<MessageFile> messageFile(final Path file) {
        return Optional.empty();
    }

    /**
     * A datagram's own number: packet sequence (CME) or that of its first message (IEX).
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @return -1 when it is too short to have one
     */
    long sequence(DirectBuffer buffer, int offset, int length);

    /**
     * When the exchange sent it.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes, enough for a header
     * @return ns since the Unix epoch
     */
    long sendTime(DirectBuffer buffer, int offset, int length);

    /**
     * When the exchange sent it, where it says so.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @return ns since the Unix epoch; null where it is too short, or states no such time: Nasdaq counts from midnight, and a
     *         packet without messages has none at all
     */
    default Long sendTimeSinceEpoch(final DirectBuffer buffer, final int offset, final int length) {
        if (sequence(buffer, offset, length) < 0) {
            return null;
        }
        final long time = sendTime(buffer, offset, length);
        return time < TimeUnit.DAYS.toNanos(1) ? null : time;
    }
}
