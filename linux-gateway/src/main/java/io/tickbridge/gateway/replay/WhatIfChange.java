package io.tickbridge.gateway.replay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One signal that other settings give otherwise.
 *
 * @param index   journal index of the frame that causes it
 * @param journal as it is on record; null when the other settings alone give it
 * @param whatIf  as the other settings give it; null when they do not
 */
public record WhatIfChange(long index, SignalText journal, SignalText whatIf) {

    /**
     * For people: a line with a minus for what is on record, and one with a plus for what would be.
     *
     * @return one line or two, without a newline at the end
     */
    public String toText() {
        final String at = "0x" + Long.toHexString(index) + " ";
        return journal == null ? "+ " + at + whatIf.fields()
                : whatIf == null ? "- " + at + journal.fields()
                : "- " + at + journal.fields() + "\n+ " + at + whatIf.fields();
    }

    /**
     * For tools.
     *
     * @return an object of JSON
     */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("index", "0x" + Long.toHexString(index));
        map.put("journal", journal == null ? null : journal.fields());
        map.put("whatIf", whatIf == null ? null : whatIf.fields());
        return map;
    }
}
