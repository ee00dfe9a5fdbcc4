package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.doctor.Diagnosis;
import io.tickbridge.gateway.doctor.Verdict;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the doctor says, for people and for tools. */
final class DoctorText {
    private static final String LINE = "%-8s %-27s %s%n";
    private static final String DETAIL = " ".repeat(37) + "%-6s %s%n";

    private DoctorText() {
    }

    /** One line a finding, and below it what is to be done. */
    static void print(final List<Diagnosis> findings, final boolean all, final PrintWriter out) {
        final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        String last = "";
        for (final Diagnosis finding : findings) {
            counts.merge(finding.verdict(), 1, Integer::sum);
            out.printf(LINE, finding.verdict().label(), finding.check().equals(last) ? "" : finding.check(), finding.found());
            last = finding.check();
            final boolean open = finding.verdict() == Verdict.ADVICE || finding.verdict() == Verdict.FAIL;
            detail(out, "wanted", finding.wanted());
            detail(out, "why", open || all ? finding.why() : "");
            detail(out, "mend", finding.mend());
        }
        out.println();
        out.println(counts.entrySet().stream().filter(entry -> entry.getKey() != Verdict.NOT_HERE)
                .map(entry -> entry.getValue() + " " + entry.getKey().label()).collect(Collectors.joining(", ")));
    }

    /** The same by name. */
    static Map<String, Object> fields(final Diagnosis finding) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", finding.check());
        fields.put("verdict", finding.verdict().name().toLowerCase(java.util.Locale.ROOT));
        fields.put("found", finding.found());
        fields.put("wanted", finding.wanted());
        fields.put("why", finding.why());
        fields.put("mend", finding.mend());
        return fields;
    }

    private static void detail(final PrintWriter out, final String name, final String text) {
        if (!text.isEmpty()) {
            out.printf(DETAIL, name, text);
        }
    }
}
