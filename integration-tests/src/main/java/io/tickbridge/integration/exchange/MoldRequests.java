package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a MoldUDP64 re-request server answers: "Request Packet" in the MoldUDP64 Protocol Specification V 1.00. One packet of
 * as many of the messages as fit; nothing to a request that makes no sense.
 */
final class MoldRequests {
    private static final int REQUEST = 20;
    private static final int SESSION = 10;
    private static final int PAYLOAD = 1_400; // bytes of the largest answer

    private final NasdaqChannel channel;

    /** What a server does with a request. */
    enum Manner {
        /** Answers as specified. */
        GOOD,
        /** Says nothing. */
        SILENT,
        /** Answers, of another session. */
        OTHER_SESSION,
        /** Answers with bytes that are no packet. */
        GARBAGE,
        /** Sends half of what fits, which may end in the midst of an event. */
        PARTIAL
    }

    MoldRequests(final NasdaqChannel channel) {
        this.channel = channel;
    }

    /** As many of the messages as end with an event, if any do: what is of one stock and one time belongs together. */
    private static int wholeEvents(final List<byte[]> messages, final int first, final int count) {
        int whole = count;
        while (whole > 0 && first + whole < messages.size() && isSplit(messages, first + whole)) {
            whole--;
        }
        return whole == 0 ? count : whole;
    }

    /** Whether a message, by its place from 0, belongs to one event with the message before it. */
    static boolean isSplit(final List<byte[]> messages, final int place) {
        final ByteBuffer before = ByteBuffer.wrap(messages.get(place - 1));
        final ByteBuffer after = ByteBuffer.wrap(messages.get(place));
        return before.getShort(1) == after.getShort(1) && before.getShort(5) == after.getShort(5)
                && before.getInt(7) == after.getInt(7);
    }

    /** The answer's bytes; none when there is no answer. */
    byte[] answer(final ByteBuffer request, final Manner manner) {
        if (manner == Manner.SILENT || request.remaining() != REQUEST) {
            return new byte[0];
        }
        final byte[] name = new byte[SESSION];
        request.get(name);
        final String session = new String(name, StandardCharsets.US_ASCII).stripTrailing();
        final long from = request.getLong();
        final int asked = request.getShort() & 0xffff;
        final List<byte[]> messages = channel.messages(session);
        if (from < 1 || asked == 0 || from > messages.size()) {
            return new byte[0];
        }
        if (manner == Manner.GARBAGE) {
            return new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 7, 0, 7, 7};
        }
        int count = 0;
        int bytes = REQUEST;
        while (count < asked && from - 1 + count < messages.size()
                && bytes + Short.BYTES + messages.get((int) from - 1 + count).length <= PAYLOAD) {
            bytes += Short.BYTES + messages.get((int) from - 1 + count).length;
            count++;
        }
        if (manner == Manner.PARTIAL) {
            count = (count + 1) / 2;
        } else if (count < asked) {
            count = wholeEvents(messages, (int) from - 1, count);
        }
        if (manner == Manner.OTHER_SESSION) {
            name[0] ^= 1;
        }
        final List<byte[]> chosen = messages.subList((int) from - 1, (int) from - 1 + count);
        final ByteBuffer answer = ByteBuffer.allocate(
                REQUEST + chosen.stream().mapToInt(message -> Short.BYTES + message.length).sum());
        answer.put(name).putLong(from).putShort((short) count);
        chosen.forEach(message -> answer.putShort((short) message.length).put(message));
        return answer.array();
    }
}
