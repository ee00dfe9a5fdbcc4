package io.tickbridge.gateway.journal;

import static io.tickbridge.gateway.journal.RecordLayout.HEADER_LENGTH;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.Wire;
import net.openhft.chronicle.wire.WireType;
import org.agrona.DirectBuffer;

/** Records whose payload is a document in Chronicle's binary wire: field names travel with values. Cold path only. */
final class WireRecord {
    private WireRecord() {
    }

    static void append(final JournalAppender appender, final int type, final long time, final Consumer<Wire> fields)
            throws IOException {
        final Bytes<?> bytes = Bytes.allocateElasticOnHeap();
        fields.accept(WireType.BINARY.apply(bytes));
        final byte[] payload = bytes.toByteArray();
        final int length = HEADER_LENGTH + payload.length;
        if (length > RecordLayout.MAX_RECORD_LENGTH) {
            throw new JournalException("the configuration text is too long for the journal: " + payload.length
                    + " bytes, at most " + (RecordLayout.MAX_RECORD_LENGTH - HEADER_LENGTH) + " fit");
        }
        final RecordMemory memory = new RecordMemory(length);
        JournalRecorder.putHeader(memory.buffer(), 0, type, payload.length, time, 0);
        memory.buffer().putBytes(HEADER_LENGTH, payload);
        appender.append(memory, 0, length);
    }

    static <T> T read(final DirectBuffer buffer, final int offset, final int length, final Function<Wire, T> fields) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return fields.apply(WireType.BINARY.apply(Bytes.wrapForRead(copy)));
    }
}
