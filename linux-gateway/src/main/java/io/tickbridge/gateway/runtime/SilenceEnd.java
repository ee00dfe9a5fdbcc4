package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.pipeline.FrameRecorder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Sees to it that the end of a silence is told before the frame that ends it is processed: no signal may come out while
 * outputs still hold its book for stale. While no feed is silent it costs a look at one field of each watch.
 *
 * <p>Receive thread only.
 */
final class SilenceEnd implements FrameRecorder {
    private final FrameRecorder next;
    private final SilenceWatch[] watchOfGroup;

    /**
     * In front of what records frames.
     *
     * @param next         takes every frame first: the journal comes before everything
     * @param watchOfGroup the watch over each line's feed, lines numbered through all feeds; null for a line that does not
     *                     end a silence
     */
    SilenceEnd(final FrameRecorder next, final List<SilenceWatch> watchOfGroup) {
        this.next = next;
        this.watchOfGroup = watchOfGroup.toArray(SilenceWatch[]::new);
    }

    @Override
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int group) {
        next.onFrame(buffer, offset, length, receiveTime, group);
        final SilenceWatch watch = watchOfGroup[group];
        if (watch != null && watch.isSilent()) {
            watch.onHeard(receiveTime);
        }
    }
}
