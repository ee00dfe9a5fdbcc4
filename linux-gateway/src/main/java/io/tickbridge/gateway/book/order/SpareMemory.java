package io.tickbridge.gateway.book.order;

import java.util.function.LongFunction;

/**
 * The memory that one structure will need next. The receive thread asks for it and later takes it; {@link MemoryThread}
 * fulfils the request.
 */
final class SpareMemory implements MemoryThread.Client {
    private final LongFunction<MemoryBlock> system;
    /** Bytes asked for and not there yet; 0 for none. Written by both threads, each in its turn. */
    private volatile long wanted;
    /** Fulfils the request; null until then. */
    private volatile MemoryBlock ready;

    private long late;

    /** Nothing asked for yet. */
    SpareMemory() {
        this(MemoryBlock::new);
        MemoryThread.serve(this);
    }

    /** The same over any system, and nobody fulfils what is asked for but the caller. */
    SpareMemory(final LongFunction<MemoryBlock> system) {
        this.system = system;
    }

    /** Asks for this much; further requests change nothing before it was taken, or there was no memory for it. */
    void prepare(final long bytes) {
        if (wanted == 0 && ready == null) {
            wanted = bytes;
        }
    }

    /** Gives what was asked for, or when it is not there, takes it now. */
    MemoryBlock take(final long bytes) {
        final MemoryBlock block = ready;
        if (block != null && block.bytes() == bytes) {
            ready = null;
            return block;
        }
        late++;
        return system.apply(bytes);
    }

    /** How often memory was not there when it was needed. */
    long late() {
        return late;
    }

    @Override
    public void fulfil() {
        final long bytes = wanted;
        if (bytes != 0) {
            ready = system.apply(bytes);
            wanted = 0;
        }
    }

    @Override
    public void abandon() {
        wanted = 0;
    }
}
