package io.tickbridge.gateway.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One gateway at a time writes a counters file. The lock lies beside it in a file that is never deleted, because the
 * counters file itself is a new one at each start. The kernel releases it when the process dies, however it dies.
 */
final class CountersLock implements AutoCloseable {
    private static final int LONGEST_PROCESS_ID = 20;

    private final FileChannel channel;

    private CountersLock(final FileChannel channel) {
        this.channel = channel;
    }

    static CountersLock acquire(final Path counters) throws IOException {
        final FileChannel channel = FileChannel.open(counters.resolveSibling(counters.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            final String holder = processId(channel);
            channel.close();
            throw new IOException("process " + holder + " writes it: two gateways need two files");
        }
        channel.truncate(0).write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new CountersLock(channel);
    }

    private static boolean tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String processId(final FileChannel channel) throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(LONGEST_PROCESS_ID);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
