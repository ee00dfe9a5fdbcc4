package io.tickbridge.gateway.capture.file;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A capture file taken apart with the file formats' drafts at hand, in one array, by exact arithmetic; slow and plain. */
final class PlainCapture {
    static final String SOUND = "sound";
    static final String CUT = "cut";
    static final String REFUSED = "refused";

    private static final int LARGEST_FRAME = 262_144;
    private static final int LARGEST_BLOCK = 1 << 20;
    private static final int LARGEST_PASSED_OVER = 16 << 20;
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    final List<String> frames = new ArrayList<>();
    /** Frames of which the file has only the beginning. */
    int partial;
    String end;
    String why = "";

    private final byte[] file;
    private final ByteBuffer in;
    private final List<Interface> interfaces = new ArrayList<>();
    private long lastTime;

    private record Interface(int link, int snap, int resolution, long offset) {
        long time(final long ticks) {
            final BigInteger count = new BigInteger(Long.toUnsignedString(ticks));
            final BigInteger unit = (resolution & 0x80) != 0
                    ? BigInteger.TWO.pow(resolution & 0x7f) : BigInteger.TEN.pow(resolution);
            return count.multiply(NANOS).divide(unit).add(BigInteger.valueOf(offset).multiply(NANOS)).longValue();
        }
    }

    /** The file contradicts its format. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(final String why) {
            super(why);
        }
    }

    PlainCapture(final byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file);
        try {
            require(file.length >= 4, "no magic");
            final int magic = in.getInt(0);
            if (magic == 0x0a0d0d0a) {
                blocks();
            } else {
                require(magic == 0xa1b2c3d4 || magic == 0xa1b23c4d || magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1, "magic");
                in.order(magic == 0xa1b2c3d4 || magic == 0xa1b23c4d ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                records(in.getInt(0) == 0xa1b23c4d ? 1 : 1000);
            }
        } catch (final Wrong e) {
            end = REFUSED;
            why = e.getMessage();
        } catch (final BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new AssertionError("the plain reading itself is wrong", e);
        }
    }

    private void records(final int unit) {
        require(file.length >= 24 && in.getShort(4) == 2 && in.getShort(20 + (in.order() == ByteOrder.BIG_ENDIAN ? 2 : 0)) == 1,
                "header");
        int at = 24;
        while (file.length - at >= 16) {
            final long captured = u32(at + 8);
            final long original = u32(at + 12);
            require(captured <= LARGEST_FRAME && captured + original > 0, "lengths");
            if (captured > file.length - at - 16) {
                end = CUT;
                return;
            }
            take(u32(at) * 1_000_000_000 + u32(at + 4) * unit, 0, at + 16, captured, original);
            at += 16 + (int) captured;
        }
        end = at == file.length ? SOUND : CUT;
    }

    private void blocks() {
        in.order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (file.length - at >= 12) {
            final int type = in.getInt(at);
            if (type == 0x0a0d0d0a) {
                in.order(ByteOrder.BIG_ENDIAN);
                if (in.getInt(at + 8) != 0x1a2b3c4d) {
                    in.order(ByteOrder.LITTLE_ENDIAN);
                    require(in.getInt(at + 8) == 0x1a2b3c4d, "byte order");
                }
            }
            final long length = u32(at + 4);
            final boolean used = type == 1 || type == 2 || type == 3 || type == 6 || type == 0x0a0d0d0a;
            require(length >= 12 && length % 4 == 0 && length <= (used ? LARGEST_BLOCK : LARGEST_PASSED_OVER), "length of block");
            if (length > file.length - at) {
                end = CUT;
                return;
            }
            require(u32(at + (int) length - 4) == length, "length behind block");
            if (used) {
                block(type, at, (int) length);
            }
            at += (int) length;
        }
        end = at == file.length ? SOUND : CUT;
    }

    private void block(final int type, final int at, final int length) {
        if (type == 0x0a0d0d0a) {
            require(length >= 28 && in.getShort(at + 12) == 1, "section");
            interfaces.clear();
        } else if (type == 1) {
            describe(at, length);
        } else if (type == 3) {
            require(length >= 16, "simple packet");
            final long original = u32(at + 8);
            final Interface on = on(0);
            final long snap = Integer.toUnsignedLong(on.snap);
            packet(at + 12, length - 16, snap == 0 ? original : Math.min(original, snap), original, lastTime, 0);
        } else {
            require(length >= 32, "packet");
            final int port = type == 2 ? in.getShort(at + 8) & 0xffff : in.getInt(at + 8);
            final Interface on = on(port);
            packet(at + 28, length - 32, u32(at + 20), u32(at + 24), on.time(u32(at + 12) << 32 | u32(at + 16)), port);
        }
    }

    private void describe(final int at, final int length) {
        require(length >= 20, "interface");
        int resolution = 6;
        long offset = 0;
        int option = at + 16;
        final int last = at + length - 4;
        while (last - option >= 4 && in.getShort(option) != 0) {
            final int code = in.getShort(option);
            final int bytes = in.getShort(option + 2) & 0xffff;
            require(bytes <= last - option - 4, "option");
            if (code == 9 && bytes >= 1) {
                resolution = in.get(option + 4) & 0xff;
            } else if (code == 14 && bytes >= 8) {
                offset = in.getLong(option + 4);
            }
            option += 4 + (bytes + 3) / 4 * 4;
        }
        require((resolution & 0x80) != 0 ? (resolution & 0x7f) <= 63 : resolution <= 18, "resolution");
        interfaces.add(new Interface(in.getShort(at + 8), in.getInt(at + 12), resolution, offset));
    }

    private Interface on(final int port) {
        require(port >= 0 && port < interfaces.size(), "interface " + port);
        require(interfaces.get(port).link == 1, "link type");
        return interfaces.get(port);
    }

    private void packet(
            final int at, final int room, final long captured, final long original, final long time, final int port) {
        require(captured <= LARGEST_FRAME && captured + original > 0, "lengths");
        require(captured <= room, "a frame larger than its block");
        take(time, port, at, captured, original);
    }

    private void take(final long time, final int port, final int at, final long captured, final long original) {
        if (captured < original) {
            partial++;
        } else {
            lastTime = time;
            frames.add(text(time, port, Arrays.copyOfRange(file, at, at + (int) captured)));
        }
    }

    static String text(final long time, final int port, final byte[] frame) {
        return time + " " + port + " " + frame.length + " " + Arrays.hashCode(frame);
    }

    private long u32(final int at) {
        return in.getInt(at) & 0xffff_ffffL;
    }

    private static void require(final boolean met, final String what) {
        if (!met) {
            throw new Wrong(what);
        }
    }

    /** Files of a few frames: pcap, pcapng with all that the reader knows, and pcapng of two sections. */
    static List<byte[]> samples() {
        final List<byte[]> files = new ArrayList<>();
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            final ByteBuffer pcap = ByteBuffer.allocate(88).order(order);
            pcap.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(1);
            for (int i = 0; i < 2; i++) {
                pcap.putInt(1_700_000_000).putInt(i).putInt(16).putInt(16 + i).putLong(i).putLong(-i);
            }
            files.add(pcap.array());
            final ByteBuffer pcapng = ByteBuffer.allocate(28 + 44 + 48 + 32 + 48 + 16).order(order);
            pcapng.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
            pcapng.putInt(1).putInt(44).putShort((short) 1).putShort((short) 0).putInt(0)
                    .putShort((short) 9).putShort((short) 1).putInt(order == ByteOrder.BIG_ENDIAN ? 0x0900_0000 : 0x9e)
                    .putShort((short) 14).putShort((short) 8).putLong(5).putInt(0).putInt(44);
            pcapng.putInt(6).putInt(48).putInt(0).putInt(0x17).putInt(0x9a).putInt(16).putInt(16).putLong(7).putLong(8).putInt(48);
            pcapng.putInt(3).putInt(32).putInt(16).putLong(9).putLong(10).putInt(32);
            pcapng.putInt(2).putInt(48).putShort((short) 0).putShort((short) 0).putInt(0x18).putInt(1).putInt(16).putInt(16)
                    .putLong(11).putLong(12).putInt(48);
            pcapng.putInt(5).putInt(16).putInt(0).putInt(16);
            files.add(pcapng.array());
            // A second section, whose frame names an interface that only the first one had.
            files.add(ByteBuffer.allocate(pcapng.capacity() + 28 + 48).put(pcapng.array()).put(pcapng.array(), 0, 28)
                    .put(pcapng.array(), 72, 48).array());
        }
        return files;
    }
}
