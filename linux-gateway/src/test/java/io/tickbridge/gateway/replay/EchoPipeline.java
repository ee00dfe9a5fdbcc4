package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.signal.SignalListener;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The simplest pipeline whose signals depend on every frame, its time, its line and their order: after each frame as
 * many signals as the frame's first byte says, each made from a checksum of all that came before.
 */
final class EchoPipeline implements ReplayPipeline {
    private static final int RULE_OFFSET = 24;

    private final CRC32 history = new CRC32();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalListener.BODY_LENGTH]);
    private final SignalListener signals;
    private long number;

    EchoPipeline(final String configuration, final SignalListener signals) {
        if (configuration.startsWith("bad")) {
            throw new IllegalArgumentException("bad is not a key");
        }
        this.signals = signals;
        history.update(configuration.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        final byte[] frame = new byte[length];
        buffer.getBytes(offset, frame);
        history.update(frame);
        history.update((int) receiveTime);
        history.update(line);
        for (int i = 0; i < frame[0]; i++) {
            emit(receiveTime);
        }
    }

    @Override
    public void onEndOfInput() {
        emit(0);
    }

    private void emit(final long receiveTime) {
        body.putLong(0, ++number, ByteOrder.LITTLE_ENDIAN);
        body.putLong(8, history.getValue(), ByteOrder.LITTLE_ENDIAN);
        body.putShort(RULE_OFFSET, (short) (1 + number % 3), ByteOrder.LITTLE_ENDIAN);
        body.putLong(56, history.getValue() * number, ByteOrder.LITTLE_ENDIAN);
        signals.onSignal(body, 0, receiveTime);
    }
}
