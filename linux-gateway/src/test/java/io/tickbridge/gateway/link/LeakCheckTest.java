package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

/** The looking for leaks finds one, or it would be worth nothing. */
class LeakCheckTest {

    @Test
    void itIsRegisteredForTheLinksTests() {
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
    }

    @Test
    void findsWhatIsForgottenAndNothingElse() throws InterruptedException {
        final LeakCheck check = new LeakCheck();
        check.begin();
        LeakCheck.leak();
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1, 1).release();
        assertEquals(1, check.end().size());
    }
}
