package io.tickbridge.gateway.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of verifying a journal.
 *
 * @param runs one entry a run, in the journal's order
 */
public record VerificationReport(List<RunVerification> runs) {

    /**
     * Whether every run was verified to its end and found equal.
     *
     * @return false also when there was no run at all
     */
    public boolean isEqual() {
        return !runs.isEmpty() && runs.stream().allMatch(run -> run.verdict() instanceof RunVerdict.Equal);
    }

    /**
     * For people: a line a run, and what differs below it.
     *
     * @return lines ended by newlines
     */
    public String toText() {
        final StringBuilder out = new StringBuilder();
        runs.forEach(run -> append(out, run));
        out.append(runs.isEmpty() ? "nothing to verify: the journal has no runs\n"
                : isEqual() ? "replay is equal\n" : "replay is NOT verified\n");
        return out.toString();
    }

    /**
     * For tools.
     *
     * @return an object of JSON: maps, lists, text, numbers, booleans
     */
    public Map<String, Object> toMap() {
        final List<Map<String, Object>> list = new ArrayList<>();
        runs.forEach(run -> list.add(fields(run)));
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("equal", isEqual());
        report.put("runs", list);
        return report;
    }

    private static void append(final StringBuilder out, final RunVerification run) {
        out.append("run ").append(run.number());
        if (run.startTime() != 0) {
            out.append(", started ").append(time(run.startTime()));
        }
        out.append(", ").append(run.frames()).append(" frames: ");
        if (run.verdict() instanceof RunVerdict.Equal equal) {
            out.append("equal, ").append(equal.equal()).append(" signals");
            if (equal.cut()) {
                out.append("; cut at the end, ").append(equal.cutAtEnd())
                        .append(" signals of the last frames were not yet journalled");
            }
            out.append('\n');
        } else if (run.verdict() instanceof RunVerdict.Different different) {
            out.append("DIFFERENT at signal ").append(different.equal() + 1)
                    .append(", journal index ").append(hex(different.index())).append('\n');
            append(out, "journal", different.journal());
            append(out, "replay ", different.replayed());
        } else if (run.verdict() instanceof RunVerdict.NotVerifiable not) {
            out.append("cannot be verified: ").append(not.reason()).append(" at journal index ")
                    .append(hex(not.index())).append("; ").append(not.equal()).append(" signals equal before it\n");
        }
    }

    private static void append(final StringBuilder out, final String side, final SignalText signal) {
        out.append("  ").append(side).append(' ');
        if (signal == null) {
            out.append("has no such signal\n");
        } else {
            out.append(signal.hex()).append("\n          ").append(signal.fields()).append('\n');
        }
    }

    private static Map<String, Object> fields(final RunVerification run) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run.number());
        fields.put("startIndex", hex(run.startIndex()));
        fields.put("startTime", run.startTime());
        fields.put("frames", run.frames());
        fields.put("signalsEqual", run.verdict().equal());
        if (run.verdict() instanceof RunVerdict.Equal equal) {
            fields.put("verdict", "equal");
            fields.put("cut", equal.cut());
            fields.put("signalsCutAtEnd", equal.cutAtEnd());
        } else if (run.verdict() instanceof RunVerdict.Different different) {
            fields.put("verdict", "different");
            fields.put("signal", different.equal() + 1);
            fields.put("index", hex(different.index()));
            fields.put("journal", fields(different.journal()));
            fields.put("replay", fields(different.replayed()));
        } else if (run.verdict() instanceof RunVerdict.NotVerifiable not) {
            fields.put("verdict", "not verifiable");
            fields.put("index", hex(not.index()));
            fields.put("reason", not.reason());
        }
        return fields;
    }

    private static Map<String, Object> fields(final SignalText signal) {
        if (signal == null) {
            return null;
        }
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("body", signal.hex());
        fields.put("fields", signal.fields());
        return fields;
    }

    private static String hex(final long index) {
        return "0x" + Long.toHexString(index);
    }

    private static Instant time(final long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
