package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Writes a day of TotalView-ITCH 5.0 as a seeded market makes it: what the yardstick in C reads too, see there for the
 * file's form. First every instrument is introduced and orders are added until so many are live; then comes the part
 * that is timed: of a hundred messages 45 add an order, 43 delete one, 5 execute one, 5 replace one and 2 cancel some of
 * one. Three of four orders that are changed were among the last 4,096 added, the fourth is any; prices are near their
 * instrument's own, most of them very near; a fifth of the instruments makes most of the messages. A packet has 1 to 9
 * messages.
 *
 * <p>A stock locate has 16 bits, so beyond 50,000 instruments they are spread over several feeds, as over several
 * markets.
 */
final class ItchDay {
    static final int HEADER = 32;
    static final int RECORD = 4;
    private static final int INSTRUMENTS_OF_A_FEED = 50_000;
    private static final int MOLD_HEADER = 20;
    private static final int BUFFER = 1 << 20;
    private static final int LARGEST_PACKET = RECORD + MOLD_HEADER + 9 * 52;
    private static final int RECENT = 4096;
    private static final int MEAN_PRICE = 500_000;
    private static final int TICK = 100;
    private static final long FIRST_TIME = 34_200_000_000_000L;
    /** An order: its number, instrument and side, price, quantity. */
    private static final int ORDER = 16;

    private final SplittableRandom random;
    private final int instruments;
    private final int feeds;
    private final FileChannel file;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.BIG_ENDIAN);
    /** Mapped, so that it counts as no memory of this process. */
    private final ByteBuffer live;
    private final int mostLive;
    private final long[] sequences;
    private int liveCount;
    private int nextOrder = 1;
    private long time = FIRST_TIME;
    private int left;
    private int packet;
    private int feed;
    private int count;

    private ItchDay(final FileChannel file, final ByteBuffer live, final int instruments, final int mostLive, final long seed) {
        this.file = file;
        this.live = live;
        this.instruments = instruments;
        this.mostLive = mostLive;
        feeds = (instruments + INSTRUMENTS_OF_A_FEED - 1) / INSTRUMENTS_OF_A_FEED;
        sequences = new long[feeds];
        Arrays.fill(sequences, 1);
        random = new SplittableRandom(seed);
    }

    /**
     * Writes a day.
     *
     * @param path        where
     * @param instruments how many
     * @param orders      live when the timed part begins, and about as many when it ends
     * @param messages    of the timed part
     * @param seed        of everything random
     */
    static void write(final Path path, final int instruments, final int orders, final int messages, final long seed)
            throws IOException {
        final int mostLive = orders + orders / 64 + 64;
        final Path scratch = Files.createTempFile(path.toAbsolutePath().getParent(), "orders", "");
        try (FileChannel file = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
                FileChannel memory = FileChannel.open(scratch, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer live = memory.map(FileChannel.MapMode.READ_WRITE, 0, (long) (mostLive + 1) * ORDER);
            new ItchDay(file, live, instruments, mostLive, seed).write(orders, messages);
        } finally {
            Files.delete(scratch);
        }
    }

    /** Most live orders of a day that was written for so many. */
    static int most(final int orders) {
        return orders + orders / 64 + 64;
    }

    private void write(final int orders, final int messages) throws IOException {
        file.position(HEADER);
        for (int i = 0; i < feeds; i++) {
            begin(i);
            system('O');
            system('S');
            end();
        }
        for (int i = 0; i < instruments; i++) {
            begin(i % feeds);
            directory(i);
            trading(i);
            end();
        }
        while (liveCount < orders) {
            room();
            add();
        }
        end();
        flush();
        final long timed = file.position();
        for (int i = 0; i < messages; i++) {
            room();
            message();
        }
        end();
        flush();
        final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(timed).putLong(messages).putLong(feeds).putLong(instruments).flip();
        file.write(header, 0);
    }

    /** A message goes to the packet at hand, or when that has as many as it was to have, to one of another feed. */
    private void room() throws IOException {
        if (left == 0) {
            end();
            begin(feeds == 1 ? 0 : random.nextInt(feeds));
            left = 1 + random.nextInt(9);
        }
        left--;
        time += 1 + random.nextInt(2000);
    }

    private void message() {
        final int kind = random.nextInt(100);
        final int order = kind < 45 && liveCount < mostLive || liveCount == 0 ? -1 : pick();
        if (order < 0) {
            add();
        } else if (kind < 88) {
            head('D', 19, instrument(order));
            out.putLong(number(order));
            remove(order);
        } else if (kind < 93) {
            final int shares = random.nextBoolean() ? shares(order) : 1 + random.nextInt(shares(order));
            head('E', 31, instrument(order));
            out.putLong(number(order)).putInt(shares).putLong(time);
            reduce(order, shares);
        } else if (kind < 98) {
            final int instrument = instrument(order);
            final int price = price(instrument, side(order));
            final int shares = quantity();
            head('U', 35, instrument);
            out.putLong(number(order)).putLong(numberOf(nextOrder)).putInt(shares).putInt(price);
            final int side = side(order);
            remove(order);
            put(instrument, side, price, shares);
        } else {
            final int shares = 1 + random.nextInt(shares(order));
            head('X', 23, instrument(order));
            out.putLong(number(order)).putInt(shares);
            reduce(order, shares);
        }
    }

    private void add() {
        // The product of two numbers below one: a few instruments have most of the orders.
        final int inFeed = (instruments - feed + feeds - 1) / feeds;
        final int instrument = (int) (inFeed * random.nextDouble() * random.nextDouble()) * feeds + feed;
        final int side = random.nextInt(2);
        final int price = price(instrument, side);
        final int shares = quantity();
        head('A', 36, instrument);
        out.putLong(numberOf(nextOrder)).put((byte) (side == 0 ? 'B' : 'S')).putInt(shares);
        stock(instrument);
        out.putInt(price);
        put(instrument, side, price, shares);
    }

    private int quantity() {
        return 100 * (1 + random.nextInt(5));
    }

    /** Never crossed; geometric, on the average 8 ticks away from the best possible. */
    private int price(final int instrument, final int side) {
        final int distance = (int) (-8 * Math.log(1 - random.nextDouble()));
        final int mid = MEAN_PRICE + instrument % 1000 * TICK;
        return side == 0 ? mid - (1 + distance) * TICK : mid + (1 + distance) * TICK;
    }

    /** An order of the feed whose packet is being written; -1 when chance finds none. */
    private int pick() {
        for (int attempt = 0; attempt < 64; attempt++) {
            final int order = random.nextInt(4) == 0 || liveCount <= RECENT
                    ? random.nextInt(liveCount) : liveCount - 1 - random.nextInt(RECENT);
            if (instrument(order) % feeds == feed) {
                return order;
            }
        }
        return -1;
    }

    /** Exchanges deal numbers out in steps, since several engines share them. */
    private static long numberOf(final int order) {
        return order * 4L + 2;
    }

    private long number(final int order) {
        return numberOf(live.getInt(order * ORDER));
    }

    private int instrument(final int order) {
        return live.getInt(order * ORDER + 4) >>> 1;
    }

    private int side(final int order) {
        return live.getInt(order * ORDER + 4) & 1;
    }

    private int shares(final int order) {
        return live.getInt(order * ORDER + 12);
    }

    private void put(final int instrument, final int side, final int price, final int shares) {
        final int at = liveCount++ * ORDER;
        live.putInt(at, nextOrder++).putInt(at + 4, instrument << 1 | side).putInt(at + 8, price).putInt(at + 12, shares);
    }

    private void reduce(final int order, final int shares) {
        final int rest = shares(order) - shares;
        live.putInt(order * ORDER + 12, rest);
        if (rest == 0) {
            remove(order);
        }
    }

    private void remove(final int order) {
        final int last = --liveCount * ORDER;
        live.putLong(order * ORDER, live.getLong(last)).putLong(order * ORDER + 8, live.getLong(last + 8));
    }

    private void system(final char event) {
        head('S', 12, -1);
        out.put((byte) event);
    }

    private void directory(final int instrument) {
        head('R', 39, instrument);
        stock(instrument);
        out.put("QN".getBytes(StandardCharsets.US_ASCII)).putInt(100)
                .put("NCZ PN 1N".getBytes(StandardCharsets.US_ASCII)).putInt(0).put((byte) 'N');
    }

    private void trading(final int instrument) {
        head('H', 25, instrument);
        stock(instrument);
        out.put("T     ".getBytes(StandardCharsets.US_ASCII));
    }

    /** Eight characters: S and seven digits. */
    private void stock(final int instrument) {
        long digits = instrument;
        final int at = out.position();
        for (int i = 7; i > 0; i--) {
            out.put(at + i, (byte) ('0' + digits % 10));
            digits /= 10;
        }
        out.put(at, (byte) 'S').position(at + 8);
    }

    /** Locate codes begin with 1. */
    private void head(final char type, final int length, final int instrument) {
        out.putShort((short) length).put((byte) type).putShort((short) (instrument < 0 ? 0 : instrument / feeds + 1))
                .putShort((short) 0).putShort((short) (time >>> 32)).putInt((int) time);
        count++;
    }

    private void begin(final int ofFeed) throws IOException {
        if (out.remaining() < LARGEST_PACKET) {
            flush();
        }
        feed = ofFeed;
        packet = out.position();
        count = 0;
        out.putInt(0).put("BENCHMARK ".getBytes(StandardCharsets.US_ASCII)).putLong(sequences[feed]).putShort((short) 0);
    }

    private void end() {
        left = 0;
        if (count == 0) {
            return;
        }
        final int length = out.position() - packet - RECORD;
        out.putShort(packet, Short.reverseBytes((short) length)).putShort(packet + 2, Short.reverseBytes((short) feed))
                .putShort(packet + RECORD + 18, (short) count);
        sequences[feed] += count;
        count = 0;
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            file.write(out);
        }
        out.clear();
    }
}
