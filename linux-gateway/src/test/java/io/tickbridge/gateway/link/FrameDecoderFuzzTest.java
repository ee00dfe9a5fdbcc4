package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tickbridge.gateway.fuzz.Seeds;
import io.tickbridge.protocol.FrameCheck;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer's byte stream behind a byte that says in how large pieces it comes. Against the rules of SPECIFICATION.md, section 2,
 * over the whole stream in one array: the same frames, byte for byte, and the same end.
 */
class FrameDecoderFuzzTest {
    private static final int HEADER = 32;
    private static final int LONGEST = 1024;
    private static final int SCHEMA = 0x5463;
    /** Of each message, as the golden vectors state it. */
    private static final Map<Integer, Integer> BLOCKS = LinkVectors.read("messages.txt").stream().collect(Collectors.toMap(
            entry -> Integer.parseInt(entry.get("header.templateId")), entry -> Integer.parseInt(entry.get("header.blockLength")),
            Math::min));

    static Stream<Arguments> seeds() {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(30);
        final List<byte[]> single = new ArrayList<>();
        for (final String file : List.of("messages.txt", "frames.txt")) {
            for (final Map<String, String> entry : LinkVectors.read(file)) {
                final byte[] frame = HexFormat.of().parseHex(entry.get("hex"));
                single.add(ByteBuffer.allocate(1 + 2 * frame.length).put((byte) 7).put(frame).put(frame).array());
                if (file.equals("messages.txt")) {
                    all.writeBytes(frame);
                }
            }
        }
        single.add(all.toByteArray());
        return Seeds.named(single.stream());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void stream(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        final List<String> found = new ArrayList<>();
        final FrameDecoder decoder = new FrameDecoder();
        final Recording recording = new Recording(found);
        final ByteBuf bytes = Unpooled.wrappedBuffer(stream);
        final int most = input[0] == -1 ? Math.max(1, stream.length) : 1 + (input[0] & 0xff);
        while (bytes.isReadable() && recording.isOpen) {
            decoder.onBytes(bytes.readSlice(Math.min(most, bytes.readableBytes())), recording);
        }
        assertEquals(byTheRules(stream), found);
    }

    private static List<String> byTheRules(final byte[] stream) {
        final ByteBuffer in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        final List<String> expected = new ArrayList<>();
        for (int at = 0; stream.length - at >= 4;) {
            final long length = in.getInt(at) & 0xffff_ffffL;
            if (length < HEADER || length > LONGEST || length % 8 != 0) {
                expected.add((length < HEADER ? FrameCheck.LENGTH_TOO_SMALL
                        : length > LONGEST ? FrameCheck.LENGTH_TOO_LARGE : FrameCheck.LENGTH_NOT_MULTIPLE_OF_8).name());
                return expected;
            }
            if (stream.length - at < HEADER) {
                break;
            }
            final int block = in.getShort(at + 4) & 0xffff;
            if (in.getShort(at + 8) != SCHEMA || HEADER + block > length) {
                expected.add((in.getShort(at + 8) != SCHEMA ? FrameCheck.WRONG_SCHEMA : FrameCheck.BLOCK_TOO_LONG).name());
                return expected;
            }
            if (stream.length - at < length) {
                break;
            }
            final Integer known = BLOCKS.get(in.getShort(at + 6) & 0xffff);
            if (known == null) {
                expected.add("unknown");
            } else if (block < known) {
                expected.add(FrameCheck.BLOCK_TOO_SHORT.name());
                return expected;
            } else {
                expected.add(HexFormat.of().formatHex(stream, at, at + (int) length));
            }
            at += (int) length;
        }
        return expected;
    }

    private static final class Recording implements FrameDecoder.Sink {
        private final List<String> found;
        private boolean isOpen = true;

        Recording(final List<String> found) {
            this.found = found;
        }

        @Override
        public void onFrame(final DirectBuffer buffer, final int offset) {
            final byte[] frame = new byte[buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN)];
            buffer.getBytes(offset, frame);
            found.add(HexFormat.of().formatHex(frame));
        }

        @Override
        public boolean admits() {
            return true;
        }

        @Override
        public void onBrokenSeal() {
            throw new IllegalStateException("nothing is sealed here");
        }

        @Override
        public void onUnknown() {
            found.add("unknown");
        }

        @Override
        public void onMalformed(final FrameCheck error, final DirectBuffer buffer, final int offset) {
            found.add(error.name());
            isOpen = false;
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }
    }
}
