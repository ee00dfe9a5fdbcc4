package io.tickbridge.gateway.doctor.ethernet;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * This machine's interfaces, asked by ethtool's netlink family (Documentation/networking/ethtool-netlink.rst,
 * include/uapi/linux/ethtool_netlink.h), Linux 5.6 and later; the driver by the older call, since netlink has no such question.
 */
public final class EthtoolNetlink implements EthernetSettings {
    private static final byte FEATURES_GET = 11;
    private static final byte RINGS_GET = 15;
    private static final byte COALESCE_GET = 19;
    /** First attribute of every question: whom it is about. */
    private static final int HEADER = 1;
    private static final int HEADER_NAME = 2;

    private static final int RINGS_MOST_RECEIVE = 2;
    private static final int RINGS_RECEIVE = 6;
    private static final int COALESCE_RECEIVE = 2;
    private static final int COALESCE_ADAPTIVE_RECEIVE = 11;
    private static final int FEATURES_CHANGEABLE = 2; // "hw": what a user may switch
    private static final int FEATURES_ACTIVE = 4;
    private static final int FEATURES_NEVER_CHANGED = 5;
    private static final int BITSET_NO_MASK = 1;
    private static final int BITSET_BITS = 3;
    private static final int BITS_BIT = 1;
    private static final int BIT_NAME = 2;
    private static final int BIT_VALUE = 3;

    private final GenericNetlink netlink = new GenericNetlink();
    private final DriverCall driverCall = new DriverCall();
    private final Optional<Integer> family = netlink.family("ethtool");

    @Override
    public Optional<Rings> rings(final String networkInterface) {
        return ask(RINGS_GET, networkInterface).flatMap(answer -> answer.number(RINGS_RECEIVE)
                .map(receive -> new Rings(receive, answer.number(RINGS_MOST_RECEIVE).orElse(0L))));
    }

    @Override
    public Optional<Moderation> moderation(final String networkInterface) {
        return ask(COALESCE_GET, networkInterface).flatMap(answer -> answer.number(COALESCE_RECEIVE)
                .map(time -> new Moderation(time, answer.number(COALESCE_ADAPTIVE_RECEIVE).orElse(0L) != 0)));
    }

    @Override
    public Optional<Features> features(final String networkInterface) {
        return ask(FEATURES_GET, networkInterface).flatMap(answer -> names(answer, FEATURES_ACTIVE).map(on -> {
            final Set<String> fixed = new HashSet<>(on);
            fixed.removeAll(names(answer, FEATURES_CHANGEABLE).orElse(Set.of()));
            fixed.addAll(names(answer, FEATURES_NEVER_CHANGED).orElse(Set.of()));
            fixed.retainAll(on);
            return new Features(on, fixed);
        }));
    }

    /** Members of a set of bits; each comes with its name, for want of the flag for compact answers. */
    private static Optional<Set<String>> names(final Attributes answer, final int set) {
        return answer.nested(set).flatMap(bitset -> bitset.nested(BITSET_BITS).map(bits -> {
            // With a mask, all that the mask has are named, and those of the set are marked.
            final boolean masked = !bitset.has(BITSET_NO_MASK);
            final Set<String> names = new HashSet<>();
            bits.everyNested(BITS_BIT).stream().filter(bit -> !masked || bit.has(BIT_VALUE))
                    .forEach(bit -> bit.text(BIT_NAME).ifPresent(names::add));
            return names;
        }));
    }

    @Override
    public Optional<Driver> driver(final String networkInterface) {
        return driverCall.ask(networkInterface);
    }

    private Optional<Attributes> ask(final byte command, final String networkInterface) {
        return family.flatMap(number -> {
            final ByteBuffer question = GenericNetlink.question(number, command);
            Attributes.putNestedText(question, HEADER, HEADER_NAME, networkInterface);
            return netlink.ask(question);
        });
    }
}
