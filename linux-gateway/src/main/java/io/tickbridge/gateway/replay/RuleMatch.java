package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.config.SignalConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Which rule of other settings is which rule on record. A rule's number is only its place in the file, and shifts when one is
 * added before it: so rules that are written alike come first, then those of one kind on the same instruments, then those
 * of one kind, each in their order.
 */
final class RuleMatch {
    /** What stands for the other side's rule where there is none. */
    static final int NONE = 0;

    private final List<SignalConfig> then;
    private final List<SignalConfig> now;
    private final int[] nowOf;
    private final int[] thenOf;

    private RuleMatch(final List<SignalConfig> then, final List<SignalConfig> now) {
        this.then = then;
        this.now = now;
        nowOf = new int[then.size() + 1];
        thenOf = new int[now.size() + 1];
    }

    static RuleMatch of(final List<SignalConfig> then, final List<SignalConfig> now) {
        final RuleMatch match = new RuleMatch(then, now);
        match.pair(SignalConfig::equals);
        match.pair((one, other) -> one.kind().equals(other.kind()) && one.instruments().equals(other.instruments()));
        match.pair((one, other) -> one.kind().equals(other.kind()));
        return match;
    }

    private void pair(final BiPredicate<SignalConfig, SignalConfig> alike) {
        for (int one = 1; one < nowOf.length; one++) {
            for (int other = 1; other < thenOf.length && nowOf[one] == NONE; other++) {
                if (thenOf[other] == NONE && alike.test(then.get(one - 1), now.get(other - 1))) {
                    nowOf[one] = other;
                    thenOf[other] = one;
                }
            }
        }
    }

    /** Number that a rule on record has in the other settings; NONE when it is in them no more. */
    int whatIf(final int onRecord) {
        return onRecord >= 1 && onRecord < nowOf.length ? nowOf[onRecord] : NONE;
    }

    /** Number on record of a rule of the other settings; NONE when it is new. */
    int onRecord(final int whatIf) {
        return whatIf >= 1 && whatIf < thenOf.length ? thenOf[whatIf] : NONE;
    }

    String kind(final int onRecord, final int whatIf) {
        return onRecord >= 1 && onRecord <= then.size() ? then.get(onRecord - 1).kind()
                : whatIf >= 1 && whatIf <= now.size() ? now.get(whatIf - 1).kind() : "";
    }

    /** Rules that are in both and are not written alike. */
    List<String> changedRules() {
        final List<String> changed = new ArrayList<>();
        for (int one = 1; one < nowOf.length; one++) {
            if (nowOf[one] != NONE && !then.get(one - 1).equals(now.get(nowOf[one] - 1))) {
                changed.add("rule " + one + " on record and rule " + nowOf[one] + " what if: " + then.get(one - 1).kind() + ' '
                        + then.get(one - 1).instruments() + ' ' + then.get(one - 1).parameters() + " became "
                        + now.get(nowOf[one] - 1).instruments() + ' ' + now.get(nowOf[one] - 1).parameters());
            }
        }
        return changed;
    }
}
