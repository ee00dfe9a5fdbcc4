package io.tickbridge.gateway.book.order;

import java.lang.ref.Cleaner;
import org.agrona.UnsafeApi;

/**
 * Memory outside the heap that grows without ever moving. Address space for all that it may become is set aside at once, which
 * takes no memory (mprotect(2), PROT_NONE); from its beginning on it is made usable as it is needed, in advance on
 * {@link MemoryThread}. So the address of anything in it is one addition, however large it has grown.
 *
 * <p>Whatever lies two megabytes or more from the beginning asks the kernel for huge pages: see {@link MemoryBlock}. It is given
 * back when nobody refers to it any more.
 */
final class GrowingMemory implements MemoryThread.Client {
    private static final Cleaner CLEANER = Cleaner.create();

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
     * @param first bytes that can be used at once, a multiple of the page size: zeroes; all others are whatever they were
     * @param most  bytes that it may grow to, a multiple of the page size
     */
    GrowingMemory(final long first, final long most) {
        this.most = most;
        final long space = UnsafeApi.allocateMemory(most + MemoryBlock.HUGE_PAGE * 2);
        final long begin = space + MemoryBlock.HUGE_PAGE - 1 & -MemoryBlock.HUGE_PAGE;
        CLEANER.register(this, () -> {
            LibC.CALLS.mprotect(begin, most, LibC.PROT_READ_WRITE);
            UnsafeApi.freeMemory(space);
        });
        address = begin;
        // So that it is not all brought in when what the process has is locked in memory.
        protect(0, most, LibC.PROT_NONE);
        bringIn(0, first);
        UnsafeApi.setMemory(address, first, (byte) 0);
        MemoryThread.serve(this);
    }

    /** Where it begins, for good. */
    long address() {
        return address;
    }

    /** Asks that so many bytes can be used soon. */
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
        protect(from, to, LibC.PROT_READ_WRITE);
        final long firstHuge = Math.max(from, MemoryBlock.HUGE_PAGE);
        if (firstHuge < to) {
            // What it answers is nobody's concern: the memory serves either way.
            LibC.CALLS.madvise(address + firstHuge, to - firstHuge, LibC.MADV_HUGEPAGE);
        }
        final int page = UnsafeApi.pageSize();
        for (long at = address + from; at < address + to; at += page) {
            // A write, so that no page is missing when it is used, which changes nothing, whoever else writes there now.
            UnsafeApi.compareAndSetLong(null, at, 0, 0);
        }
        present = to;
    }

    private void protect(final long from, final long to, final int protection) {
        if (LibC.CALLS.mprotect(address + from, to - from, protection) != 0) {
            throw new OutOfMemoryError("no memory for orders: mprotect(2) refuses " + (to - from) + " bytes");
        }
    }
}
