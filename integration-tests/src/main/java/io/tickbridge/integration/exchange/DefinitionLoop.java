package io.tickbridge.integration.exchange;

/** The channel's instrument definition feed: one packet for each instrument, in a loop all day, numbered anew in each. */
final class DefinitionLoop {
    private final Channel channel;
    private final Channel.PacketOutput output;
    private final Mdp3Packet packet = new Mdp3Packet();
    private final long updated;
    private int next;

    /** Definitions that were last changed at this time. */
    DefinitionLoop(final Channel channel, final long updated, final Channel.PacketOutput output) {
        this.channel = channel;
        this.updated = updated;
        this.output = output;
    }

    /** Sends the next instrument's definition. */
    void step(final long time) {
        final int index = next;
        next = (next + 1) % channel.instruments();
        packet.start();
        packet.definition(channel.instrument(index), channel.instruments(), updated, channel.product(index).status());
        output.send(index + 1, packet.finish(index + 1, time));
    }
}
