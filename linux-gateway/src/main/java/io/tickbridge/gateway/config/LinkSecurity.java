package io.tickbridge.gateway.config;

import java.nio.file.Path;

/**
 * How the link is protected, and who may do what on it.
 *
 * @param mode         as configured
 * @param keys         directory of {@code tickbridge keys}; not there: nobody but holders of the common key
 * @param commonRights what a holder of the common key may do
 */
public record LinkSecurity(Mode mode, Path keys, Rights commonRights) {

    /** To listen on every interface that there is or will be. */
    static final String EVERY_ADDRESS = "0.0.0.0";

    /** How. */
    public enum Mode {
        /** TLS, except on the loopback interface, where it is plain. */
        AUTO,
        /** Both ends show a certificate; everything is encrypted. */
        TLS,
        /** Both ends prove at logon that they hold a key, and each frame that it is theirs; nothing is encrypted. */
        HMAC,
        /** Both ends prove at logon that they hold a key; what follows is for a wire that nobody else can reach. */
        PLAIN
    }

    /** What an add-on may do. */
    public enum Rights {
        /** Receive. */
        VIEW,
        /** Receive, and report what it trades. */
        TRADE
    }

    /**
     * What auto comes to.
     *
     * @param listen address that the link listens on
     * @return whether TLS is spoken
     */
    public boolean isTls(final String listen) {
        return inForce(listen) == Mode.TLS;
    }

    /**
     * What is in force.
     *
     * @param listen address that the link listens on
     * @return anything but auto
     */
    public Mode inForce(final String listen) {
        return mode != Mode.AUTO ? mode : isLoopback(listen) ? Mode.PLAIN : Mode.TLS;
    }

    private static boolean isLoopback(final String listen) {
        return listen.startsWith("127.");
    }

    /**
     * Whether others than this machine's own users may read, alter and insert frames of a session.
     *
     * @param listen address that the link listens on
     * @return true for plain beyond the loopback interface
     */
    public boolean isOpenToOthers(final String listen) {
        return inForce(listen) == Mode.PLAIN && !isLoopback(listen);
    }

    /**
     * Whether each frame shows whose it is.
     *
     * @return only with a key, and without TLS, which does so itself
     */
    public boolean isSealed() {
        return mode == Mode.HMAC;
    }
}
