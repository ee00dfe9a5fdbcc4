package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.MessageInspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;

/**
 * Spells out CME Globex MDP 3.0 messages: every field that the message's version has and whose value is not null,
 * under the exchange's name. Prices are decimal numbers, times ns since the Unix epoch, enumerations and sets the
 * names of their values (a set's joined by {@code |}). A message of an unknown template has the one field
 * {@code bytes}, its size.
 *
 * <p>A message that lacks what its version promises is read as of the newest version whose promises it keeps, as the
 * decoder does, which reads only what all versions have; what is lacking is absent from its fields.
 *
 * <p>A message that makes no sense is reported and passed over when its size is sound; else the rest of the datagram
 * is. Not for use from several threads at once.
 */
public final class CmeInspector implements MessageInspector {
    private static final String SCHEMA = "cme-mdp3.sbeir";

    private final WireBytes datagram = new WireBytes();
    private final int schemaId;
    private final int schemaVersion;
    private final Map<Integer, MessageLayout> layouts;

    /** Reads the schema that lies beside this class. */
    public CmeInspector() {
        final Ir schema = schema();
        schemaId = schema.id();
        schemaVersion = schema.version();
        layouts = schema.messages().stream()
                .map(MessageLayout::new)
                .collect(Collectors.toMap(layout -> layout.tokens().get(0).id(), Function.identity()));
    }

    @Override
    public void inspect(final DirectBuffer buffer, final int offset, final int length, final Sink sink) {
        if (length < PacketHeader.LENGTH) {
            sink.onMalformed(-1, "a datagram of " + length + " bytes is shorter than the packet header of "
                    + PacketHeader.LENGTH);
            return;
        }
        datagram.wrap(buffer, offset, length);
        final long sequence = PacketHeader.sequence(buffer, offset);
        final int end = offset + length;
        int message = offset + PacketHeader.LENGTH;
        if (message == end) {
            sink.onHeartbeat(sequence);
        }
        while (message < end) {
            final int left = end - message;
            if (left < MessageFraming.BLOCK) {
                sink.onMalformed(sequence, at(message - offset) + left + " bytes are too few for a message");
                return;
            }
            final int size = MessageFraming.size(datagram, message);
            if (size < MessageFraming.BLOCK || size > left) {
                sink.onMalformed(sequence, at(message - offset) + "a message size of " + size
                        + " where it must be from " + MessageFraming.BLOCK + " to " + left);
                return;
            }
            inspectMessage(buffer, offset, message, message + size, sequence, sink);
            message += size;
        }
    }

    private void inspectMessage(
            final DirectBuffer buffer, final int packet, final int message, final int end,
            final long sequence, final Sink sink) {
        final int schema = MessageFraming.schema(datagram, message);
        if (schema != schemaId) {
            sink.onMalformed(sequence, at(message - packet) + "schema " + schema + " where it must be " + schemaId);
            return;
        }
        final int template = MessageFraming.template(datagram, message);
        final String type = Integer.toString(template);
        final MessageLayout layout = layouts.get(template);
        if (layout == null) {
            sink.onMessage(sequence, type, Map.of("bytes", (long) (end - message)));
            return;
        }
        final int block = message + MessageFraming.BLOCK;
        final int blockLength = MessageFraming.blockLength(datagram, message);
        final int stated = Math.min(MessageFraming.version(datagram, message), schemaVersion);
        final Optional<String> wrong = layout.contradiction(buffer, block, blockLength, end, stated);
        int version = stated;
        while (version > 0 && layout.contradiction(buffer, block, blockLength, end, version).isPresent()) {
            version--;
        }
        if (wrong.isPresent() && version == 0) {
            sink.onMalformed(sequence, at(message - packet) + "template " + template + ": " + wrong.get());
            return;
        }
        final FieldCollector fields = new FieldCollector(version);
        OtfMessageDecoder.decode(buffer, block, version, blockLength,
                layout.present(buffer, block, blockLength, end, version), fields);
        sink.onMessage(sequence, type, fields.fields());
    }

    private static String at(final int index) {
        return "at byte " + index + " of the datagram: ";
    }

    private static Ir schema() {
        try (InputStream in = CmeInspector.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + SCHEMA + " is not on the class path; the build puts it"
                        + " beside " + CmeInspector.class.getName());
            }
            try (IrDecoder decoder = new IrDecoder(ByteBuffer.wrap(in.readAllBytes()))) {
                return decoder.decode();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
