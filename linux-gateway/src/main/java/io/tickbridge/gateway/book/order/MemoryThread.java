package io.tickbridge.gateway.book.order;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that takes memory from the system for all structures of the process, before they need it. It looks for requests
 * and fulfils them; whoever asks does not wait, and nobody takes a lock.
 */
final class MemoryThread {
    /** ns between two looks. The memory is asked for when a quarter of what there is is still free. */
    private static final long PATIENCE = 1_000_000L;
    private static final List<WeakReference<Client>> ALL = new CopyOnWriteArrayList<>();
    private static boolean started;

    /** Asks for memory now and then. Forgotten when nobody else refers to it. */
    interface Client {
        /** On this thread: takes what was asked for, if anything was. */
        void fulfil();

        /** On this thread: there is no memory for what was asked for. */
        void abandon();
    }

    private MemoryThread() {
    }

    static synchronized void serve(final Client client) {
        ALL.add(new WeakReference<>(client));
        if (!started) {
            started = true;
            final Thread thread = new Thread(MemoryThread::run, "tickbridge-order-memory");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        while (true) {
            for (final WeakReference<Client> reference : ALL) {
                final Client client = reference.get();
                if (client == null) {
                    ALL.remove(reference);
                } else {
                    attempt(client);
                }
            }
            LockSupport.parkNanos(PATIENCE);
        }
    }

    /** Memory that cannot be had now is had by the one who needs it, or his error says so. */
    private static void attempt(final Client client) {
        try {
            client.fulfil();
        } catch (final OutOfMemoryError e) {
            client.abandon();
        }
    }
}
