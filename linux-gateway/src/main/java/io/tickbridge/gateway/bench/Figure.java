package io.tickbridge.gateway.bench;

import java.util.Locale;

/**
 * One line of a benchmark.
 *
 * @param name     what was measured
 * @param value    how much
 * @param unit     of what
 * @param baseline the same of the yardstick; NaN where there is none
 */
public record Figure(String name, double value, String unit, double baseline) {

    /**
     * How it compares.
     *
     * @return value over baseline; NaN without one
     */
    public double ratio() {
        return value / baseline;
    }

    /**
     * One line for people and pipes: name, value, unit, baseline, ratio, tab separated; the last two empty without a
     * baseline.
     *
     * @return the line
     */
    public String text() {
        return Double.isNaN(baseline)
                ? String.format(Locale.ROOT, "%s\t%.3f\t%s\t\t", name, value, unit)
                : String.format(Locale.ROOT, "%s\t%.1f\t%s\t%.1f\t%.2f", name, value, unit, baseline, ratio());
    }
}
