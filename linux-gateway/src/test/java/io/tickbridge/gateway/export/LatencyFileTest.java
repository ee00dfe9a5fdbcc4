package io.tickbridge.gateway.export;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A latency log on a disk that takes no more is not taken for a whole one. */
class LatencyFileTest {
    @Test
    void aDiskThatIsFullIsSaid() {
        final LatencyFile file = new LatencyFile(new OutputStream() {
            private int room = 100;

            @Override
            public void write(final int any) throws IOException {
                if (--room < 0) {
                    throw new IOException("No space left on device");
                }
            }
        }, List.of());
        assertTrue(assertThrows(IOException.class, file::flush).getMessage().contains("cannot be written"));
        assertThrows(IOException.class, file::finish);
    }
}
