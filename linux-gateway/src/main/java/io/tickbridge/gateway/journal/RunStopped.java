package io.tickbridge.gateway.journal;

import net.openhft.chronicle.wire.Wire;

/**
 * Last record of a run that ended in order. A run without one was cut: killed, or its journal failed.
 *
 * @param reason      why it ended, for people
 * @param stopTime    ns since the Unix epoch
 * @param frames      frames journalled in this run
 * @param signals     signals journalled in this run
 * @param lostFrames  frames that did not get into the journal; each is also in a gap record
 * @param lostSignals signals that did not get into the journal; each is also in a gap record
 */
public record RunStopped(
        String reason, long stopTime, long frames, long signals, long lostFrames, long lostSignals) {

    void writeTo(final Wire wire) {
        wire.write("reason").text(reason)
                .write("stopTime").int64(stopTime)
                .write("frames").int64(frames)
                .write("signals").int64(signals)
                .write("lostFrames").int64(lostFrames)
                .write("lostSignals").int64(lostSignals);
    }

    static RunStopped readFrom(final Wire wire) {
        return new RunStopped(
                wire.read("reason").text(),
                wire.read("stopTime").int64(),
                wire.read("frames").int64(),
                wire.read("signals").int64(),
                wire.read("lostFrames").int64(),
                wire.read("lostSignals").int64());
    }
}
