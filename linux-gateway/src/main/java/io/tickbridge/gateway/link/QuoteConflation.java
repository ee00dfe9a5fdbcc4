package io.tickbridge.gateway.link;

import java.util.Arrays;

/**
 * Which instruments' latest quote waits for one peer, in the order in which they began to wait, and how many quotes
 * each stands for. Grows with the number of instruments; otherwise allocates nothing. One thread.
 */
final class QuoteConflation {
    private static final int NOT_WAITING = -1;

    /** By instrument index: quotes replaced since it began to wait. */
    private int[] replaced = new int[0];
    /** Ring of instrument indices; as long as {@link #replaced}, so that it cannot overflow. */
    private int[] queue = new int[0];
    private int head;
    private int size;

    /**
     * Notes that an instrument's quote changed and could not be sent.
     *
     * @return true when it replaces one that waited already
     */
    boolean defer(final int instrument) {
        if (instrument >= replaced.length) {
            grow(instrument + 1);
        }
        if (replaced[instrument] != NOT_WAITING) {
            replaced[instrument]++;
            return true;
        }
        replaced[instrument] = 0;
        queue[(head + size) % queue.length] = instrument;
        size++;
        return false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The instrument that has waited longest. */
    int first() {
        return queue[head];
    }

    /** Removes the first and says how many quotes its latest one stands for, itself not counted. */
    int removeFirst() {
        final int instrument = queue[head];
        head = (head + 1) % queue.length;
        size--;
        final int count = replaced[instrument];
        replaced[instrument] = NOT_WAITING;
        return count;
    }

    private void grow(final int needed) {
        final int length = Math.max(needed, 2 * replaced.length);
        final int[] ordered = new int[length];
        for (int i = 0; i < size; i++) {
            ordered[i] = queue[(head + i) % queue.length];
        }
        final int old = replaced.length;
        replaced = Arrays.copyOf(replaced, length);
        Arrays.fill(replaced, old, length, NOT_WAITING);
        queue = ordered;
        head = 0;
    }
}
