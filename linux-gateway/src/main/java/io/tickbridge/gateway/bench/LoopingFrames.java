package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stands between a source that plays a capture again and again and a pipeline, and makes each loop news: sequence numbers
 * and times are moved on in the frame's own memory, and a ChannelReset goes first, as in {@link LoopedCapture}. After each
 * loop it holds what the pipeline did to what it did in the first: a loop that was dismissed as a repetition, even in part,
 * ends the benchmark.
 *
 * <p>Writing there is safe with DPDK's net_pcap: under infinite_rx it copies each packet of its ring into a fresh buffer
 * of the port's pool. The UDP checksum is set to 0, "not computed" (RFC 768), since the payload changes, or adjusted.
 */
final class LoopingFrames implements FrameHandler {
    private static final int SENDING_TIME = 4; // in the packet, after the 32-bit sequence number
    private static final int WORD = 0xffff;
    private static final int UDP_CHECKSUM = -2; // before the payload

    private final LoopedCapture capture;
    private final Pipeline pipeline;
    private final int rules;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final int[] payloads;
    private final int[] sequences;
    private final long[] times;
    private final long[] done = new long[LoopWork.FIGURES];
    private long[] before = new long[LoopWork.FIGURES];
    private long[] after = new long[LoopWork.FIGURES];
    private LoopWork first;
    private final boolean keepsChecksums;
    private int position;
    private long loops;

    /**
     * Frames for a pipeline.
     *
     * @param capture  the same that the source plays, just read
     * @param pipeline fresh
     * @param rules    signal rules of the pipeline
     * @param keepsChecksums whether UDP checksums are adjusted to what is moved on, so that they can be verified; otherwise
     *                 they are set to 0
     */
    LoopingFrames(final LoopedCapture capture, final Pipeline pipeline, final int rules, final boolean keepsChecksums) {
        this.keepsChecksums = keepsChecksums;
        this.capture = capture;
        this.pipeline = pipeline;
        this.rules = rules;
        final int frames = capture.frameCount();
        payloads = new int[frames];
        sequences = new int[frames];
        times = new long[frames];
        for (int i = 0; i < frames; i++) {
            payloads[i] = capture.payloadOf(i);
            sequences[i] = capture.sequenceOf(i);
            times[i] = capture.timeOf(i);
        }
        LoopWork.totals(pipeline, rules, before);
    }

    @Override
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int port) {
        if (position == 0) {
            capture.prepareReset();
            capture.playReset(pipeline);
        }
        final int packet = payloads[position];
        frame.wrap(buffer.addressOffset() + offset, length);
        final int sequence = frame.getInt(packet, ByteOrder.LITTLE_ENDIAN);
        if (sequence != sequences[position]) {
            throw new IllegalStateException("frame " + position + " of loop " + (loops + 1) + " has sequence number " + sequence
                    + ", in the file it is " + sequences[position] + ": frames were lost, or written to before");
        }
        final long shift = loops * capture.timeStep();
        frame.putInt(packet, (int) (sequence + loops * capture.sequenceStep()), ByteOrder.LITTLE_ENDIAN);
        final long sendingTime = frame.getLong(packet + SENDING_TIME, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(packet + SENDING_TIME, sendingTime + shift, ByteOrder.LITTLE_ENDIAN);
        if (keepsChecksums) {
            adjust(packet, sequence, sendingTime);
        } else {
            frame.putShort(packet + UDP_CHECKSUM, (short) 0);
        }
        pipeline.onFrame(buffer, offset, length, times[position] + shift, port);
        if (++position == payloads.length) {
            position = 0;
            loops++;
            check();
        }
    }

    /** RFC 1624, equation 3: the sum without the old words, with the new; in either byte order (RFC 1071, 2 (B)). */
    private void adjust(final int packet, final int oldSequence, final long oldTime) {
        final int old = frame.getShort(packet + UDP_CHECKSUM, ByteOrder.LITTLE_ENDIAN) & WORD;
        if (old == 0) {
            return; // was never computed
        }
        long sum = ~old & WORD;
        sum += words(~oldSequence & 0xffff_ffffL) + words(~oldTime);
        sum += words(frame.getInt(packet, ByteOrder.LITTLE_ENDIAN) & 0xffff_ffffL)
                + words(frame.getLong(packet + SENDING_TIME, ByteOrder.LITTLE_ENDIAN));
        sum = (sum & WORD) + (sum >>> Short.SIZE);
        sum = (sum & WORD) + (sum >>> Short.SIZE);
        final int checksum = (int) (~sum & WORD);
        frame.putShort(packet + UDP_CHECKSUM, (short) (checksum == 0 ? WORD : checksum), ByteOrder.LITTLE_ENDIAN);
    }

    private static long words(final long value) {
        return (value & WORD) + (value >>> 16 & WORD) + (value >>> 32 & WORD) + (value >>> 48);
    }

    private void check() {
        LoopWork.totals(pipeline, rules, after);
        for (int i = 0; i < done.length; i++) {
            final long work = after[i] - before[i];
            if (first != null && work != done[i]) {
                throw new IllegalStateException("loop " + loops + " did other work than the first: "
                        + LoopWork.between(before, after) + ", not " + first);
            }
            done[i] = work;
        }
        if (first == null) {
            first = LoopWork.between(before, after);
        }
        final long[] spare = before;
        before = after;
        after = spare;
    }

    /** Loops that were played to the end, and held to the first. */
    long loops() {
        return loops;
    }

    /** What each loop did; null before the first has ended. */
    LoopWork work() {
        return first;
    }
}
