package io.tickbridge.gateway.feed;

import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Spells out every field of every message in a datagram, for people and for tests. Cold path: it allocates freely
 * and knows nothing of lines, sequences or books.
 */
public interface MessageInspector {

    /**
     * Spells out one UDP payload.
     *
     * @param buffer memory that holds it
     * @param offset where it begins
     * @param length its bytes
     * @param sink   takes each message, in order; what cannot be read goes to {@link Sink#onMalformed}
     */
    void inspect(DirectBuffer buffer, int offset, int length, Sink sink);

    /** Takes what an inspector found. */
    interface Sink {

        /**
         * One message.
         *
         * @param sequence packet sequence (CME) or the message's own (IEX)
         * @param type     template number (CME) or type letter (IEX)
         * @param fields   in the order of the wire; values are String, Long, BigDecimal, or for a repeating group
         *                 a List of such maps; a null price or quantity is absent
         */
        void onMessage(long sequence, String type, Map<String, Object> fields);

        /**
         * A datagram without messages: a heartbeat of the transport.
         *
         * @param sequence as stated in its header
         */
        void onHeartbeat(long sequence);

        /**
         * A message cannot be read, or the rest of this datagram.
         *
         * @param sequence of the datagram, or -1 when not even its header can be read
         * @param what     what is wrong, where, in words
         */
        void onMalformed(long sequence, String what);
    }
}
