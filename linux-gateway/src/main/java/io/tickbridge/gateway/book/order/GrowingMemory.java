package io.tickbridge.gateway.book.order;

import java.lang.ref.Cleaner;
import org.agrona.UnsafeApi;

/**
 * Memory outside the heap that grows without ever moving. Address space for all that it may become is set aside at once, which
 * takes no memory and is not counted as such, not even where the kernel promises no more than it has (mmap(2), PROT_NONE;
 * vm.overcommit_memory); from its beginning on it is made usable as it is needed, in advance on {@link MemoryThread}. So the
 * address of anything in it is one addition, however large it has grown.
 *
 * <p>Whatever lies two megabytes or more from the beginning asks the kernel for huge pages: see {@link MemoryBlock}. It is given
 * back when nobody refers to it any more.
 */
final class GrowingMemory implements MemoryThread.Client {
    private static final Cleaner CLEANER = Cleaner.create();

    private final LibC.Calls system;
    private final long address;
    private final long most;
    /** Bytes asked for, counted from the beginning; 0 for none. Written by both threads, each in its turn. */
    private volatile long wanted;
    /** Bytes that can be used, or fewer: whoever makes it more does no harm where it is already. */
    private volatile long present;
    private long late;

    /**
     * Sets address space aside.
     *
     * @param first bytes that can be used at once, a multiple of the page size: zeroes, as all others are
     * @param most  bytes that it may grow to, a multiple of the page size
     */
    GrowingMemory(final long first, final long most) {
        this(first, most, LibC.CALLS);
        MemoryThread.serve(this);
    }

    /** The same over any system, and nobody fulfils what is asked for but the caller. */
    GrowingMemory(final long first, final long most, final LibC.Calls system) {
        this.system = system;
        this.most = most;
        final long length = most + MemoryBlock.HUGE_PAGE;
        final long space = system.mmap(null, length, LibC.PROT_NONE, LibC.MAP_OWN_MEMORY, LibC.NO_FILE, 0);
        if (space == LibC.MAP_FAILED) {
            throw new OutOfMemoryError("no memory for orders: mmap(2) refuses " + length + " bytes of address space; raise what"
                    + " limits it (ulimit -v), or lower `max-orders` of the feeds");
        }
        CLEANER.register(this, () -> system.munmap(space, length));
        address = space + MemoryBlock.HUGE_PAGE - 1 & -MemoryBlock.HUGE_PAGE;
        if (most > MemoryBlock.HUGE_PAGE) {
            // Before any of it can be used: of locked memory, the kernel may bring pages in as soon as they can be. What it answers
            // is nobody's concern: the memory serves either way.
            system.madvise(address + MemoryBlock.HUGE_PAGE, most - MemoryBlock.HUGE_PAGE, LibC.MADV_HUGEPAGE);
        }
        bringIn(0, first);
    }

    /** Where it begins, for good. */
    long address() {
        return address;
    }

    /** Asks that so many bytes can be used soon. Costs nothing when they can be, or were asked for and not refused since. */
    void prepare(final long bytes) {
        if (wanted == 0 && present < bytes) {
            wanted = bytes;
        }
    }

    /** Makes so many bytes usable now, unless they are. */
    void require(final long bytes) {
        if (bytes > most) {
            throw new IllegalStateException("more orders, levels or sides than the " + most + " bytes set aside for them hold");
        }
        final long before = present;
        if (before < bytes) {
            late++;
            bringIn(before, bytes);
        }
    }

    /** How often memory was not there when it was needed. */
    long late() {
        return late;
    }

    @Override
    public void fulfil() {
        final long bytes = wanted;
        if (bytes != 0) {
            bringIn(present, bytes);
            wanted = 0;
        }
    }

    @Override
    public void abandon() {
        wanted = 0;
    }

    /** What is there may be in use by the other thread, and is left as it is. */
    private void bringIn(final long from, final long to) {
        if (system.mprotect(address + from, to - from, LibC.PROT_READ_WRITE) != 0) {
            throw new OutOfMemoryError("no memory for orders: mprotect(2) refuses " + (to - from) + " bytes; free memory, or lower"
                    + " `max-orders` of the feeds");
        }
        final int page = UnsafeApi.pageSize();
        for (long at = address + from; at < address + to; at += page) {
            // A write, so that no page is missing when it is used, which changes nothing, whoever else writes there now.
            UnsafeApi.compareAndSetLong(null, at, 0, 0);
        }
        present = to;
    }
}
