package io.tickbridge.gateway.bench.rfc2544;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run as JSON, which files and pages carry. Every name says its unit, or is ns where it is a latency, or a count. A
 * version changes when a name goes or changes its meaning, not when one is added.
 */
public final class ReportJson {
    /** What a file says it is. */
    public static final String FORMAT = "tickbridge-rfc2544";
    /** Of the names below. */
    public static final int VERSION = 1;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    private ReportJson() {
    }

    /**
     * The run as maps, lists, numbers and text.
     *
     * @param report the run
     * @return what a JSON writer takes
     */
    public static Map<String, Object> of(final Report report) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("version", VERSION);
        map.put("generated", report.generated());
        map.put("command", report.command());
        map.put("from", report.from());
        map.put("to", report.to());
        map.put("machine", machine(report.machine()));
        map.put("settings", settings(report.settings()));
        map.put("sources", report.sources().stream().map(ReportJson::source).toList());
        return map;
    }

    private static Map<String, Object> machine(final Machine machine) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpu", machine.cpu());
        map.put("cores", machine.cores());
        map.put("kernel", machine.kernel());
        map.put("java", machine.java());
        map.put("loadBefore", machine.loadBefore());
        map.put("loadAfter", machine.loadAfter());
        return map;
    }

    private static Map<String, Object> settings(final Settings settings) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("frameSizes", settings.frameSizes());
        map.put("trialSeconds", settings.trialNanos() / NANOS_PER_SECOND);
        map.put("settleSeconds", settings.settleNanos() / NANOS_PER_SECOND);
        map.put("resolutionPercent", settings.resolution() * PERCENT);
        map.put("lossVerifications", settings.verifications());
        map.put("loads", settings.loads());
        map.put("bursts", settings.bursts());
        map.put("receiverCore", settings.receiverCore());
        map.put("senderCore", settings.senderCore());
        map.put("latencyClock", "CLOCK_MONOTONIC of one machine; from the scheduled time in the frame to the handler's entry");
        map.put("jitter", "mean absolute difference between the latencies of frames that arrived one after the other "
                + "(D of RFC 3550, 6.4.1)");
        map.put("sender", "open loop, sendmmsg on a packet socket around queueing disciplines, on a thread of its own; on a veth "
                + "pair the kernel's receive work runs on the sender's core");
        return map;
    }

    private static Map<String, Object> source(final SourceResult source) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", source.name());
        map.put("what", source.what());
        map.put("strays", source.strays());
        map.put("sizes", source.results().stream().map(ReportJson::size).toList());
        return map;
    }

    private static Map<String, Object> size(final SizeResult size) {
        final Map<String, Object> throughput = new LinkedHashMap<>();
        throughput.put("framesPerSecond", size.throughput().framesPerSecond());
        throughput.put("bitsPerSecond", size.throughput().framesPerSecond() * size.frameSize() * Byte.SIZE);
        throughput.put("boundedBySender", size.throughput().isBoundedBySender());
        throughput.put("trials", size.throughput().trials());
        final Map<String, Object> backToBack = new LinkedHashMap<>();
        backToBack.put("frames", size.backToBack().frames());
        backToBack.put("shortest", size.backToBack().shortest());
        backToBack.put("unlimited", size.backToBack().isUnlimited());
        backToBack.put("repetitions", size.backToBack().repetitions());
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("frameSize", size.frameSize());
        map.put("highestRate", size.highestRate());
        map.put("throughput", throughput);
        map.put("latency", size.latencies().stream().map(ReportJson::latency).toList());
        map.put("loss", size.losses().stream().map(ReportJson::loss).toList());
        map.put("backToBack", backToBack);
        return map;
    }

    private static Map<String, Object> latency(final Latency latency) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("percentOfThroughput", latency.percent());
        map.put("framesPerSecond", latency.framesPerSecond());
        map.put("sent", latency.sent());
        map.put("received", latency.received());
        map.put("lost", latency.sent() - latency.received());
        map.put("mean", latency.mean());
        map.put("deviation", latency.deviation());
        map.put("jitter", latency.jitter());
        final Map<String, Object> percentiles = new LinkedHashMap<>();
        latency.percentiles().forEach(p -> percentiles.put(percentText(p.percent()), p.nanos()));
        map.put("percentiles", percentiles);
        final List<List<Number>> curve = new ArrayList<>();
        latency.curve().forEach(p -> curve.add(List.of(p.percent(), p.nanos())));
        map.put("curve", curve);
        final Map<String, Object> lateness = new LinkedHashMap<>();
        lateness.put("p99", latency.lateness());
        lateness.put("max", latency.worstLateness());
        map.put("senderLateness", lateness);
        return map;
    }

    private static String percentText(final double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    private static Map<String, Object> loss(final LossPoint point) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("percent", point.percent());
        map.put("framesPerSecond", point.framesPerSecond());
        map.put("sent", point.sent());
        map.put("received", point.received());
        map.put("lossPercent", point.lossPercent());
        return map;
    }
}
