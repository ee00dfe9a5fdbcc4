package io.tickbridge.gateway.placement;

import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A set of CPUs, as the kernel writes them: {@code 0-3,8}. Immutable. */
public final class CpuSet {
    private final BitSet bits;

    private CpuSet(final BitSet bits) {
        this.bits = bits;
    }

    /**
     * Reads the kernel's list format.
     *
     * @param text ranges with commas between, or nothing
     * @return the set; empty for what is no such list, since the kernel writes "(null)" for none too
     */
    public static CpuSet parse(final String text) {
        final BitSet bits = new BitSet();
        if (text.matches("\\d+(-\\d+)?(,\\d+(-\\d+)?)*")) {
            for (final String range : text.split(",")) {
                final int dash = range.indexOf('-');
                final int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                final int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
                bits.set(first, last + 1);
            }
        }
        return new CpuSet(bits);
    }

    /**
     * A set by its members.
     *
     * @param cpus their numbers
     * @return the set
     */
    public static CpuSet of(final int... cpus) {
        final BitSet bits = new BitSet();
        IntStream.of(cpus).forEach(bits::set);
        return new CpuSet(bits);
    }

    /**
     * Whether a CPU is in it.
     *
     * @param cpu its number
     * @return true when it is
     */
    public boolean contains(final int cpu) {
        return bits.get(cpu);
    }

    /**
     * Whether there is none in it.
     *
     * @return true when empty
     */
    public boolean isEmpty() {
        return bits.isEmpty();
    }

    /**
     * How many are in it.
     *
     * @return their count
     */
    public int size() {
        return bits.cardinality();
    }

    /**
     * Those in it.
     *
     * @return their numbers, ascending
     */
    public List<Integer> cpus() {
        return bits.stream().boxed().toList();
    }

    /**
     * Those of this set that are not in another.
     *
     * @param other the other
     * @return the difference
     */
    public CpuSet minus(final CpuSet other) {
        final BitSet rest = (BitSet) bits.clone();
        rest.andNot(other.bits);
        return new CpuSet(rest);
    }

    /**
     * Those that are in both.
     *
     * @param other the other
     * @return the intersection
     */
    public CpuSet and(final CpuSet other) {
        final BitSet both = (BitSet) bits.clone();
        both.and(other.bits);
        return new CpuSet(both);
    }

    /**
     * Those that are in either.
     *
     * @param other the other
     * @return the union
     */
    public CpuSet or(final CpuSet other) {
        final BitSet all = (BitSet) bits.clone();
        all.or(other.bits);
        return new CpuSet(all);
    }

    /** The kernel's own form, {@code cpu_set_t}: bit n of the little-endian words stands for CPU n. */
    byte[] mask(final int bytes) {
        final byte[] mask = new byte[bytes];
        bits.stream().forEach(cpu -> mask[cpu / Byte.SIZE] |= (byte) (1 << cpu % Byte.SIZE));
        return mask;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CpuSet set && bits.equals(set.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    @Override
    public String toString() {
        final StringJoiner ranges = new StringJoiner(",");
        for (int first = bits.nextSetBit(0); first >= 0;) {
            final int end = bits.nextClearBit(first);
            ranges.add(end - first == 1 ? Integer.toString(first) : first + "-" + (end - 1));
            first = bits.nextSetBit(end);
        }
        return ranges.toString();
    }
}
