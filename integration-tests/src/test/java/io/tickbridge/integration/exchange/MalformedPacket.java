package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Packets as no exchange should send them. Each would, were it sound, put a bid into the first instrument's book that
 * crosses its offer: whoever reads it after all, shows it.
 */
public enum MalformedPacket {
    /** The group of entries claims more of them than the message holds. */
    GROUP_BEYOND_MESSAGE(packet -> with(packet, MalformedPacket.GROUP_COUNT, (byte) 200)),
    /** The message's length field is 0: who steps by it never ends. */
    LENGTH_ZERO(packet -> with(with(packet, MalformedPacket.MESSAGE, (byte) 0), MalformedPacket.MESSAGE + 1, (byte) 0)),
    /** A schema that is not CME's market data. */
    WRONG_SCHEMA(packet -> with(packet, MalformedPacket.SCHEMA, (byte) 7)),
    /** The root block is longer than the message. */
    BLOCK_BEYOND_MESSAGE(packet -> with(packet, MalformedPacket.BLOCK_LENGTH + 1, (byte) 0x7f)),
    /** The datagram ends inside the message. */
    CUT_IN_MESSAGE(packet -> Arrays.copyOf(packet, packet.length - 20)),
    /** The datagram ends inside the packet header, so that not even its number is known. */
    CUT_IN_HEADER(packet -> Arrays.copyOf(packet, 7));

    // MDP 3.0 packet header of 12 bytes; message size; SBE header: block length, template, schema, version; root block
    // of template 46 with 11 bytes; group header: block length, then the count.
    private static final int MESSAGE = 12;
    private static final int BLOCK_LENGTH = MESSAGE + 2;
    private static final int SCHEMA = MESSAGE + 6;
    private static final int GROUP_COUNT = MESSAGE + 10 + 11 + 2;

    private final UnaryOperator<byte[]> damage;

    MalformedPacket(final UnaryOperator<byte[]> damage) {
        this.damage = damage;
    }

    /** The packet under a number, at the time of another packet. */
    public byte[] packet(final long sequence, final byte[] neighbour) {
        final long time = ByteBuffer.wrap(neighbour).order(ByteOrder.LITTLE_ENDIAN).getLong(4);
        final Instrument instrument = Simulator.INSTRUMENTS.get(0);
        final Mdp3Packet packet = new Mdp3Packet();
        packet.start();
        packet.startBook(time, EventIndicator.END_OF_EVENT);
        packet.bookEntry(instrument.securityId(), 1_000_000, 0, '0', 1, 2 * instrument.start(), 99, 9);
        packet.startOrdersOfLevels();
        packet.end();
        return damage.apply(SessionPackets.bytes(packet.finish(sequence, time)));
    }

    private static byte[] with(final byte[] packet, final int index, final byte value) {
        final byte[] copy = packet.clone();
        copy[index] = value;
        return copy;
    }
}
