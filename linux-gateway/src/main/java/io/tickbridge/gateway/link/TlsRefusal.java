package io.tickbridge.gateway.link;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

/** Why a TLS handshake failed, for people. */
final class TlsRefusal {
    /** Links of a chain of causes that are looked at; some throw with themselves as the cause. */
    private static final int DEPTH = 10;

    /** Where TLS begins the add-on speaks first, and with a key the gateway: each waits for the other. */
    private static final String A_KEY = "an add-on that has a key in place of a certificate waits for the gateway to speak; give it NAME.p12 and "
            + "ca.pem of tickbridge keys client";

    private TlsRefusal() {
    }

    /** One line: what, and what to do. */
    static String text(final Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            final String known = known(cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String known(final Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return "its certificate has expired; make another: tickbridge keys client";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "its certificate is not valid yet; compare the clocks";
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException path
                && path.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE) {
            return "its certificate is not of this gateway's authority";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "it did not begin TLS, or not end it, in time; " + A_KEY;
        }
        if (cause instanceof ClosedChannelException) {
            return distrust("it hung up") + "; or it never began TLS: " + A_KEY;
        }
        final String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("empty client certificate chain")) {
            return "it showed no certificate";
        }
        if (message.contains("received fatal alert") && (message.contains("certificate") || message.contains("unknown_ca"))) {
            return distrust(cause.getMessage());
        }
        return message.contains("not an ssl/tls record") ? "it does not speak TLS; link.security asks for it" : null;
    }

    private static String distrust(final String how) {
        return "it does not trust this gateway's certificate (" + how + "); compare ca.pem, and the host names that tickbridge "
                + "keys server was given";
    }
}
