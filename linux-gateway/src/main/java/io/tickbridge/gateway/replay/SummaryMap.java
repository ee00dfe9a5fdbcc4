package io.tickbridge.gateway.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A journal's summary as an object of JSON. Times are ns since the Unix epoch, durations ns. */
final class SummaryMap {
    private SummaryMap() {
    }

    static Map<String, Object> of(final List<RunTotals> runs, final List<String> damages) {
        final Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("runs", runs.stream().map(SummaryMap::run).toList());
        summary.put("damages", damages);
        return summary;
    }

    private static Map<String, Object> run(final RunTotals run) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("startIndex", "0x" + Long.toHexString(run.startIndex));
        if (run.started != null) {
            fields.put("gateway", run.started.gateway());
            fields.put("build", run.started.build());
            fields.put("jdk", run.started.jdk());
            fields.put("configurationSha256", run.started.configurationSha256());
            fields.put("startTime", run.started.startTime());
        }
        if (run.stopped != null) {
            fields.put("stopTime", run.stopped.stopTime());
            fields.put("stopReason", run.stopped.reason());
        }
        fields.put("frames", run.frames);
        fields.put("frameBytes", run.frameBytes);
        if (run.frames > 0) {
            fields.put("firstReceiveTime", run.firstTime);
            fields.put("lastReceiveTime", run.lastTime);
        }
        fields.put("duration", run.duration());
        fields.put("framesByLine", present(run.framesByLine()));
        fields.put("signals", run.signals);
        fields.put("signalsSent", run.sent);
        fields.put("signalsByRule", present(run.signalsByRule()));
        fields.put("reports", run.reportsByType);
        fields.put("linkEvents", run.linkEvents);
        fields.put("feedHealth", run.health);
        fields.put("gaps", run.gaps);
        fields.put("lostFrames", run.lostFrames);
        fields.put("lostSignals", run.lostSignals);
        fields.put("lostOthers", run.lostOthers);
        fields.put("damages", run.damaged);
        return fields;
    }

    private static Map<String, Object> present(final long[] counts) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                fields.put(Integer.toString(i), counts[i]);
            }
        }
        return fields;
    }
}
