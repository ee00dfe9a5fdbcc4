package io.tickbridge.gateway.capture.claim;

import io.tickbridge.gateway.capture.CaptureException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * That this process receives from an interface, until it is closed or the process ends in whatever way. Valid in the
 * network namespace of the thread that takes it.
 */
public final class InterfaceClaim implements AutoCloseable {
    private final int socket;

    private InterfaceClaim(final int socket) {
        this.socket = socket;
    }

    /**
     * Somebody else who receives from it.
     *
     * @param use     for what
     * @param process whose; 0 when it is not told
     */
    public record Holder(InterfaceUse use, int process) {
    }

    /** Nobody can be asked: the process may have no UNIX sockets. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(final String why) {
            super(why);
        }
    }

    /**
     * Says that this process receives from an interface. Its own name first and the look at others after: of two that come
     * at once, at least one sees the other.
     *
     * @param name  of the interface, for the message
     * @param index the kernel's number of it
     * @param use   for what
     * @return the claim; empty when so many share it that no name is left
     * @throws CaptureException when somebody has it for a use that this one does not get along with
     * @throws Unavailable      when nobody can be asked
     */
    public static Optional<InterfaceClaim> take(final String name, final int index, final InterfaceUse use) {
        final Optional<InterfaceClaim> claim = IntStream.range(0, use.most())
                .mapToObj(number -> UnixSocket.listen(use.name(index, number))).filter(OptionalInt::isPresent)
                .map(socket -> new InterfaceClaim(socket.getAsInt())).findFirst();
        // Of a use of which there is but one, whoever has no name is not the first.
        final Optional<Holder> other = claim.isEmpty() && use.most() == 1 ? against(index, use)
                : Arrays.stream(InterfaceUse.values()).filter(kind -> kind != use && use.excludes(kind))
                        .flatMap(kind -> holders(index, kind)).findFirst();
        if (other.isPresent()) {
            claim.ifPresent(InterfaceClaim::close);
            throw new CaptureException(text(name, index, use, other.get()), null);
        }
        return claim;
    }

    /**
     * Looks whether somebody has an interface for a use that another does not get along with.
     *
     * @param index the kernel's number of it
     * @param use   the other
     * @return the first that is found
     * @throws Unavailable when nobody can be asked
     */
    public static Optional<Holder> against(final int index, final InterfaceUse use) {
        return Arrays.stream(InterfaceUse.values()).filter(use::excludes)
                .flatMap(other -> holders(index, other)).findFirst();
    }

    private static Stream<Holder> holders(final int index, final InterfaceUse use) {
        return IntStream.range(0, use.most()).mapToObj(number -> {
            final OptionalInt process = UnixSocket.holder(use.name(index, number));
            return process.isPresent() ? new Holder(use, process.getAsInt()) : null;
        }).filter(Objects::nonNull);
    }

    /**
     * Why the two cannot be on one interface, and what to do. As src/main/c/device_claim.c says it, which cannot name the
     * process.
     *
     * @param name   of the interface
     * @param index  the kernel's number of it
     * @param use    of who was refused
     * @param holder who has it
     * @return one line
     */
    public static String text(final String name, final int index, final InterfaceUse use, final Holder holder) {
        final String who = holder.process() == 0 ? "" : " (process " + holder.process() + ")";
        final String what;
        if (use == InterfaceUse.SOCKETS) {
            what = "another gateway" + who + " takes frames from it before the kernel sees them, none would reach a socket";
        } else if (holder.use() == InterfaceUse.SOCKETS) {
            what = "a gateway" + who + " with `source: udp` receives from it already, and frames taken from the kernel would "
                    + "not reach it any more";
        } else {
            what = "another gateway" + who + " receives from it already";
        }
        return name + ": " + what + "; stop that one (`ss -xlp | grep \"tickbridge.*interface " + index
                + "\"` shows it) or name another device";
    }

    /** Lets go. */
    @Override
    public void close() {
        UnixSocket.close(socket);
    }
}
