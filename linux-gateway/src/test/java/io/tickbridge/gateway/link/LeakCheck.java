package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Every buffer of Netty's that the link's tests take is followed, and a class fails that did not give one back: a gateway runs with
 * Netty's own looking switched off. Registered for all classes, so that none of the link's is forgotten; the others are left alone.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    /** A collection that takes longer is none of Netty's doing. */
    private static final long PATIENCE = 20_000;

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private ResourceLeakDetector.Level before;

    @Override
    public void beforeAll(final ExtensionContext context) {
        if (isOurs(context)) {
            begin();
        }
    }

    @Override
    public void afterAll(final ExtensionContext context) throws InterruptedException {
        if (isOurs(context)) {
            final List<String> found = end();
            if (!found.isEmpty()) {
                throw new AssertionError("buffers were not given back: " + found);
            }
        }
    }

    private static boolean isOurs(final ExtensionContext context) {
        return context.getRequiredTestClass().getPackage().equals(LeakCheck.class.getPackage());
    }

    void begin() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add("LEAK: " + type + records));
    }

    /** What leaked since {@link #begin}. */
    List<String> end() throws InterruptedException {
        collect();
        collect(); // the first one's references were enqueued before the second one's
        // Netty looks at what was collected when it follows the next.
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1, 1).release();
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(before);
        return leaks;
    }

    private static void collect() throws InterruptedException {
        final ReferenceQueue<Object> queue = new ReferenceQueue<>();
        final WeakReference<Object> gone = new WeakReference<>(new Object(), queue);
        System.gc();
        if (queue.remove(PATIENCE) != gone) {
            throw new AssertionError("System.gc() collects nothing; is it switched off?");
        }
    }

    /** Takes a buffer and forgets it, for the test of this. */
    static void leak() {
        final ByteBuf forgotten = UnpooledByteBufAllocator.DEFAULT.directBuffer(1, 1);
        forgotten.writeByte(1);
    }
}
