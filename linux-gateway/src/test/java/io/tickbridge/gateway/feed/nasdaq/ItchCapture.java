package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.feed.MessageInspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The UDP payloads of the ITCH capture, read by nothing but offsets. Knows just what that file is: little-endian pcap,
 * Ethernet with one VLAN tag, IPv4 without options, UDP; frames from which the headers were struck out still have them.
 */
final class ItchCapture {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int HEADERS = 14 + 4 + 20 + 8;

    private ItchCapture() {
    }

    /** Each frame's payload, in order; or a skipped test. */
    static List<UnsafeBuffer> payloads() {
        final ByteBuffer file = ByteBuffer.wrap(bytes("captures/nasdaq-itch50-messages.pcap"))
                .order(ByteOrder.LITTLE_ENDIAN);
        final List<UnsafeBuffer> payloads = new ArrayList<>();
        for (int record = FILE_HEADER; record < file.limit();) {
            final int length = file.getInt(record + 8);
            payloads.add(new UnsafeBuffer(file.array(), record + RECORD_HEADER + HEADERS, length - HEADERS));
            record += RECORD_HEADER + length;
        }
        return payloads;
    }

    static byte[] bytes(final String name) {
        try {
            return Files.readAllBytes(SharedData.file(name));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message as the inspector gave it. */
    record Found(long sequence, String type, Map<String, Object> fields) {
    }

    /** Keeps what an inspector finds. */
    static final class Findings implements MessageInspector.Sink {
        final List<Found> messages = new ArrayList<>();
        final List<Long> heartbeats = new ArrayList<>();
        final List<String> malformed = new ArrayList<>();

        @Override
        public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
            messages.add(new Found(sequence, type, fields));
        }

        @Override
        public void onHeartbeat(final long sequence) {
            heartbeats.add(sequence);
        }

        @Override
        public void onMalformed(final long sequence, final String what) {
            malformed.add(sequence + ": " + what);
        }
    }
}
