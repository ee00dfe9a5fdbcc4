package io.tickbridge.gateway.link;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.keys.KeyDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Mutual TLS: both ends show a certificate of the own authority. The arithmetic of a handshake, milliseconds of it, runs on
 * a thread of its own, so that whoever connects does not hold up the receive thread.
 */
final class LinkTls {
    /** Handshakes that wait for that thread; the oldest unfinished connections make room long before, see LinkServer. */
    private static final int MOST_WAITING = 4 * PeerPlaces.MOST_STRANGERS;

    private final SslContext context;
    private final long timeout;
    private final Executor handshakes;

    private LinkTls(final SslContext context, final long timeout) {
        this.context = context;
        this.timeout = timeout;
        final ThreadPoolExecutor executor = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    final Thread thread = new Thread(work, "link-handshake");
                    thread.setDaemon(true);
                    return thread;
                });
        handshakes = executor;
    }

    /**
     * Reads certificates and key.
     *
     * @return null when the link is not to speak TLS
     * @throws IOException saying what is missing and how to make it
     */
    static LinkTls read(final LinkConfig config) throws IOException {
        if (!config.security().isTls(config.listen())) {
            return null;
        }
        final KeyDirectory keys = new KeyDirectory(config.security().keys());
        for (final Path file : new Path[] {keys.authority(), keys.server(), keys.serverKey()}) {
            if (!Files.isReadable(file)) {
                throw new IOException("link: TLS needs " + file + ", which cannot be read; make it with: tickbridge keys authority "
                        + "--directory " + keys.path() + " && tickbridge keys server --directory " + keys.path() + " HOST");
            }
        }
        try {
            return new LinkTls(SslContextBuilder.forServer(keys.server().toFile(), keys.serverKey().toFile())
                    .trustManager(keys.authority().toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build(), config.logonTimeout());
        } catch (final IllegalArgumentException e) {
            throw new IOException("link: certificate or key in " + keys.path() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Puts TLS between a connection and what handles it. */
    SslHandler handler(final SocketChannel channel) {
        final SslHandler handler = context.newHandler(channel.alloc(), handshakes);
        handler.setHandshakeTimeout(timeout, TimeUnit.NANOSECONDS);
        return handler;
    }

    /** Serial number of the certificate that the other end has shown; null before the handshake is over. */
    static String serial(final SslHandler handler) {
        try {
            return handler.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate.getSerialNumber().toString(16) : null;
        } catch (final SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
