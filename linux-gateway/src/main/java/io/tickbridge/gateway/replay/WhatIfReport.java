package io.tickbridge.gateway.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What other settings change, in sum.
 *
 * @param sums   one for each rule that gave a signal here or there, by its number on record
 * @param changedRules rules that are in both and are not written alike, for people
 * @param doubts why the comparison is not exact everywhere; empty when it is
 */
public record WhatIfReport(List<WhatIfSum> sums, List<String> changedRules, List<String> doubts) {

    /**
     * For people.
     *
     * @return lines ended by newlines
     */
    public String toText() {
        final StringBuilder out = new StringBuilder("rule\twhat-if rule\tkind\ton record\twhat if\tsame\tchanged\tonly on record\tonly what if\n");
        for (final WhatIfSum sum : sums) {
            out.append(number(sum.rule())).append('\t').append(number(sum.whatIfRule())).append('\t').append(sum.kind()).append('\t').append(sum.same + sum.changed + sum.missing).append('\t')
                    .append(sum.same + sum.changed + sum.added).append('\t').append(sum.same).append('\t').append(sum.changed)
                    .append('\t').append(sum.missing).append('\t').append(sum.added).append('\n');
        }
        if (sums.isEmpty()) {
            out.append("no signal, on record or what if\n");
        }
        changedRules.forEach(rule -> out.append("changed: ").append(rule).append('\n'));
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
        map.put("changedRules", changedRules);
        map.put("doubts", doubts);
        return map;
    }

    private static String number(final int rule) {
        return rule == RuleMatch.NONE ? "-" : Integer.toString(rule);
    }

    private static Map<String, Object> fields(final WhatIfSum sum) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", sum.rule());
        fields.put("whatIfRule", sum.whatIfRule());
        fields.put("kind", sum.kind());
        fields.put("onRecord", sum.same + sum.changed + sum.missing);
        fields.put("whatIf", sum.same + sum.changed + sum.added);
        fields.put("same", sum.same);
        fields.put("changed", sum.changed);
        fields.put("onlyOnRecord", sum.missing);
        fields.put("onlyWhatIf", sum.added);
        return fields;
    }
}
