package io.tickbridge.gateway.book;

import java.util.Arrays;

/**
 * Puts the pieces of order snapshots together. An instrument's orders come in as many messages as they need, each of which
 * says which one it is of how many; pieces may come from either line, twice, or not at all. A few snapshots are under way
 * at once, since the lines need not be at the same place of their loop. One that never becomes complete gives way to newer
 * ones.
 *
 * <p>One thread; allocates when a snapshot is larger than all before.
 */
final class SnapshotOrders {
    /** More pieces than a book has that anyone could send in time; what claims more is refused. */
    static final int MOST_CHUNKS = 1 << 14;

    private static final int UNDER_WAY = 4;

    private final Parts[] parts = new Parts[UNDER_WAY];
    private Parts current;
    private long uses;

    SnapshotOrders() {
        Arrays.setAll(parts, i -> new Parts());
    }

    /** One snapshot, as far as it has come. */
    static final class Parts {
        /** Orders so far, those of pieces that are complete. */
        int count;
        long[] order = new long[256];
        long[] priority = new long[256];
        long[] price = new long[256];
        int[] quantity = new int[256];
        byte[] side = new byte[256];

        private long instrument;
        private long sequence;
        /** 0 while it stands for no snapshot. */
        private int chunks;
        private int seen;
        private final long[] seenChunks = new long[MOST_CHUNKS / Long.SIZE];
        private int chunk;
        private int written;
        private long used;

        private void begin(final long ofInstrument, final long ofSequence, final int ofChunks) {
            instrument = ofInstrument;
            sequence = ofSequence;
            chunks = ofChunks;
            seen = 0;
            count = 0;
            Arrays.fill(seenChunks, 0);
        }

        private boolean has(final int which) {
            return (seenChunks[which / Long.SIZE] >>> which & 1) != 0;
        }

        private void add(final long number, final int ofSide, final long ofPriority, final long atPrice, final int left) {
            if (written == order.length) {
                final int larger = written * 2;
                order = Arrays.copyOf(order, larger);
                priority = Arrays.copyOf(priority, larger);
                price = Arrays.copyOf(price, larger);
                quantity = Arrays.copyOf(quantity, larger);
                side = Arrays.copyOf(side, larger);
            }
            order[written] = number;
            priority[written] = ofPriority;
            price[written] = atPrice;
            quantity[written] = left;
            side[written++] = (byte) ofSide;
        }
    }

    /**
     * A piece begins.
     *
     * @param chunk from 1
     * @return false when there is no such piece; what is passed of it then is ignored
     */
    boolean begin(final long instrument, final long sequence, final long chunk, final long chunks) {
        current = null;
        if (chunk < 1 || chunk > chunks || chunks > MOST_CHUNKS) {
            return false;
        }
        Parts chosen = null;
        for (final Parts candidate : parts) {
            if (candidate.chunks == chunks && candidate.instrument == instrument && candidate.sequence == sequence) {
                chosen = candidate;
                break;
            }
            if (chosen == null || candidate.used < chosen.used) {
                chosen = candidate;
            }
        }
        if (chosen.chunks != chunks || chosen.instrument != instrument || chosen.sequence != sequence) {
            chosen.begin(instrument, sequence, (int) chunks);
        }
        chosen.used = ++uses;
        if (!chosen.has((int) chunk - 1)) {
            chosen.chunk = (int) chunk - 1;
            chosen.written = chosen.count;
            current = chosen;
        }
        return true;
    }

    void order(final long order, final int side, final long priority, final long price, final int quantity) {
        if (current != null) {
            current.add(order, side, priority, price, quantity);
        }
    }

    /** The piece is complete; the snapshot when all of its pieces are, or null. It stays valid until the next piece begins. */
    Parts end() {
        final Parts done = current;
        current = null;
        if (done == null) {
            return null;
        }
        done.count = done.written;
        done.seenChunks[done.chunk / Long.SIZE] |= 1L << done.chunk;
        if (++done.seen < done.chunks) {
            return null;
        }
        done.chunks = 0;
        done.used = 0;
        return done;
    }

    /** What has come so far belongs to a count of packets that has ended. */
    void forget() {
        current = null;
        for (final Parts part : parts) {
            part.chunks = 0;
            part.used = 0;
        }
    }
}
