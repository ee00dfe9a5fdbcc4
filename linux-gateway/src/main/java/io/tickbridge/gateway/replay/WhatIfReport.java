package io.tickbridge.gateway.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What other settings change, in sum.
 *
 * @param sums   one for each rule that gave a signal here or there, by its number
 * @param doubts why the comparison is not exact everywhere; empty when it is
 */
public record WhatIfReport(List<WhatIfSum> sums, List<String> doubts) {

    /**
     * For people.
     *
     * @return lines ended by newlines
     */
    public String toText() {
        final StringBuilder out = new StringBuilder("rule\ton record\twhat if\tsame\tchanged\tonly on record\tonly what if\n");
        for (final WhatIfSum sum : sums) {
            out.append(sum.rule()).append('\t').append(sum.same + sum.changed + sum.missing).append('\t')
                    .append(sum.same + sum.changed + sum.added).append('\t').append(sum.same).append('\t').append(sum.changed)
                    .append('\t').append(sum.missing).append('\t').append(sum.added).append('\n');
        }
        if (sums.isEmpty()) {
            out.append("no signal, on record or what if\n");
        }
        doubts.forEach(doubt -> out.append("not exact: ").append(doubt).append('\n'));
        return out.toString();
    }

    /**
     * For tools.
     *
     * @return an object of JSON: maps, lists, text, numbers
     */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("rules", sums.stream().map(WhatIfReport::fields).toList());
        map.put("doubts", doubts);
        return map;
    }

    private static Map<String, Object> fields(final WhatIfSum sum) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", sum.rule());
        fields.put("same", sum.same);
        fields.put("changed", sum.changed);
        fields.put("onlyOnRecord", sum.missing);
        fields.put("onlyWhatIf", sum.added);
        return fields;
    }
}
