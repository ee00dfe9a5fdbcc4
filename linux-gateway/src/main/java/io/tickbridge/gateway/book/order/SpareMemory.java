package io.tickbridge.gateway.book.order;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory that one structure will need next. The receive thread asks for it and later takes it; a thread that serves
 * all structures of the process looks for requests and fulfils them. Neither waits for the other or takes a lock.
 */
final class SpareMemory {
    /** ns between two looks. The memory is asked for when a quarter of what there is is still free. */
    private static final long PATIENCE = 1_000_000L;
    private static final List<WeakReference<SpareMemory>> ALL = new CopyOnWriteArrayList<>();
    private static boolean served;

    /** Bytes asked for and not there yet; 0 for none. Written by both threads, each in its turn. */
    private volatile long wanted;
    /** Fulfils the request; null until then. */
    private volatile MemoryBlock ready;

    private long late;

    /** Nothing asked for yet. */
    SpareMemory() {
        serve(this);
    }

    /** Asks for this much, once; further requests before it was taken change nothing. */
    void prepare(final long bytes) {
        if (wanted == 0 && ready == null) {
            wanted = bytes;
        }
    }

    /** Whether what was asked for is there. */
    boolean isReady() {
        return ready != null;
    }

    /** Gives what was asked for, or when it is not there, takes it now. */
    MemoryBlock take(final long bytes) {
        final MemoryBlock block = ready;
        if (block != null && block.bytes() == bytes) {
            ready = null;
            return block;
        }
        late++;
        return new MemoryBlock(bytes);
    }

    /** How often memory was not there when it was needed. */
    long late() {
        return late;
    }

    private void fulfil() {
        final long bytes = wanted;
        if (bytes != 0) {
            ready = new MemoryBlock(bytes);
            wanted = 0;
        }
    }

    private static synchronized void serve(final SpareMemory spare) {
        ALL.add(new WeakReference<>(spare));
        if (!served) {
            served = true;
            final Thread thread = new Thread(SpareMemory::run, "tickbridge-order-memory");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        while (true) {
            for (final WeakReference<SpareMemory> reference : ALL) {
                final SpareMemory spare = reference.get();
                if (spare == null) {
                    ALL.remove(reference);
                } else {
                    attempt(spare);
                }
            }
            LockSupport.parkNanos(PATIENCE);
        }
    }

    /** Memory that cannot be had now is had by the one who needs it, or his error says so. */
    private static void attempt(final SpareMemory spare) {
        try {
            spare.fulfil();
        } catch (final OutOfMemoryError e) {
            spare.wanted = 0;
        }
    }
}
