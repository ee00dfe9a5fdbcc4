package io.tickbridge.gateway.link;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.gateway.transport.SocketTransport;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.Market;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's end of the link. Takes signals and book events, keeps the newest for resumption, and writes them to
 * every add-on that is logged on.
 *
 * <p>Everything but {@link #counts} and {@link #peers} is called on one thread, the receive thread: it drives the
 * sockets by {@link #doWork}, so what it found is written with no hand-over. What was encoded since the last
 * {@code doWork} leaves in one write per peer. Make that thread a
 * {@link io.netty.util.concurrent.FastThreadLocalThread}: on any other, Netty allocates 64 bytes at every write.
 * (With io_uring Netty allocates 16 bytes at every poll, whatever the thread.)
 */
public final class LinkServer implements SignalListener, BookListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);
    /** Room for definitions, states and quotes of one catch-up step beside the share that market data may fill. */
    private static final int LEAST_PEER_BUFFER = 4 * Link.MAX_FRAME_LENGTH;
    /**
     * Sockets are asked for news this often at most, ns, unless something was written: asking costs the receive
     * thread as much as several packets, and what comes in is heartbeats and probes, but for answers to a signal.
     */
    public static final long POLL_INTERVAL = 10_000;
    /**
     * So long after a signal its order may come back at any moment, ns: what can be read by one system call is looked at in every
     * turn. With {@link #POLL_INTERVAL} alone no order would be back in less than that.
     */
    private static final long ANSWER_AWAITED = 50_000;
    private static final long CLOSE_PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);

    private final LinkContext context;
    private final LinkConfig config;
    private final EpochNanoClock clock;
    private final LinkCounts counts = new LinkCounts();
    private final long pollInterval;
    private final Connections connections;
    private volatile String transport = "";
    private LinkSocket socket;
    private long lastSignalTime;
    private long lastDuty;
    private long lastTurn;
    private volatile long longestGap;

    /**
     * Reads the key. Listens only from {@link #start} on; signals and books may come before.
     *
     * @param config      the link's part of the configuration
     * @param gatewayName shown to add-ons; at most 32 characters are sent
     * @param signals     configured rules, in order of their number
     * @param clock       ns since the Unix epoch; must not step
     * @param journal     keeps reports and events
     * @throws IOException              when the key file cannot be used
     * @throws IllegalArgumentException when a limit is out of range
     */
    public LinkServer(
            final LinkConfig config, final String gatewayName, final List<SignalDescription> signals,
            final EpochNanoClock clock, final LinkJournal journal) throws IOException {
        this(config, gatewayName, signals, clock, journal, POLL_INTERVAL);
    }

    /**
     * As above, asking the sockets more or less often.
     *
     * @param config       the link's part of the configuration
     * @param gatewayName  shown to add-ons
     * @param signals      configured rules, in order of their number
     * @param clock        ns since the Unix epoch; must not step
     * @param journal      keeps reports and events
     * @param pollInterval ns between two looks at the sockets when nothing was written; 0: at every {@link #doWork}
     * @throws IOException              when keys or certificates cannot be used
     * @throws IllegalArgumentException when a limit is out of range
     */
    public LinkServer(
            final LinkConfig config, final String gatewayName, final List<SignalDescription> signals,
            final EpochNanoClock clock, final LinkJournal journal, final long pollInterval) throws IOException {
        if (config.peerBuffer() < LEAST_PEER_BUFFER) {
            throw new IllegalArgumentException(
                    "link.peerBuffer is " + config.peerBuffer() + " bytes, least is " + LEAST_PEER_BUFFER);
        }
        this.config = config;
        this.clock = clock;
        this.pollInterval = pollInterval;
        final LogonExchange logon = new LogonExchange(config.security().isSealed());
        context = new LinkContext(config, gatewayName, List.copyOf(signals), clock, logon.newSession(), logon,
                new RetainedFrames(config.retain()), new LinkedInstruments(), new SessionFrames(), new MarketFrames(),
                counts, new RejectionLog(journal), journal, new ReportStreams(), PeerKeys.read(config));
        connections = new Connections(context, LinkTls.read(config));
    }

    /**
     * States what the signals are of. Without it add-ons are told nothing, and trade no real money. Call it before {@link #start}.
     *
     * @param market whether frames come from the exchange, a simulator, or a recording
     */
    public void setMarket(final Market market) {
        context.sessionFrames().market(market);
        LOG.info("link: add-ons are told that the market is {}{}", market.name().toLowerCase(Locale.ROOT),
                market == Market.LIVE ? "" : ": none trades a live account on it");
    }

    /**
     * What add-ons are told that the signals are of.
     *
     * @return as it was set
     */
    public Market market() {
        return context.sessionFrames().market();
    }

    /**
     * Listens. The calling thread is the one that must call everything else.
     *
     * @return the TCP port listened on
     * @throws IOException when the address cannot be bound or the transport does not work here
     */
    public int start() throws IOException {
        socket = LinkSocket.listen(config, connections::accept);
        transport = socket.transport();
        lastDuty = clock.nanoTime();
        lastTurn = lastDuty;
        return socket.port();
    }

    /**
     * Writes what waits, reads what came, and does what is due. Never blocks.
     *
     * @return how much was done; 0 when there was nothing to do
     */
    public int doWork() {
        if (socket == null) {
            return 0;
        }
        final long now = clock.nanoTime();
        final long gap = now - lastTurn;
        lastTurn = now;
        if (gap > longestGap) {
            longestGap = gap;
        }
        connections.judgeAgain(now); // before anything leaves
        final int written = connections.all().flush();
        final boolean due = now - lastDuty >= pollInterval;
        if (written > 0 || due) {
            return written + serve(now);
        }
        return now - lastSignalTime < ANSWER_AWAITED ? Math.max(connections.readDirectly(socket), 0) : 0;
    }

    /**
     * The longest time between two calls of {@link #doWork}, and so between two polls of the source that is driven from the
     * same thread. Any thread.
     *
     * @return ns, since {@link #start}
     */
    public long longestGap() {
        return longestGap;
    }

    private int serve(final long turn) {
        final int work = connections.read(socket);
        // Where nothing came no time has gone by that anything would be judged by.
        final long now = work > 0 ? clock.nanoTime() : turn;
        final boolean judgeSilence = now - lastDuty < config.heartbeat();
        lastDuty = now;
        context.rejections().report(now);
        connections.onDuty(now, judgeSilence);
        return work + connections.all().flush();
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        final RetainedFrames retained = context.retained();
        final long now = clock.nanoTime();
        final long sequence = retained.next();
        lastSignalTime = now;
        context.marketFrames()
                .signal(retained.buffer(), retained.offset(sequence), body, offset, receiveTime, sequence, now);
        counts.increment(LinkCounter.SIGNALS);
        connections.all().onSequenced(sequence, now);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        final LinkedInstrument instrument = context.instruments().of(book);
        instrument.changeState(state, exchangeTime);
        final RetainedFrames retained = context.retained();
        final long now = clock.nanoTime();
        final long sequence = retained.next();
        context.marketFrames()
                .state(retained.buffer(), retained.offset(sequence), instrument, Link.FLAG_SEQUENCED, sequence, now);
        counts.increment(LinkCounter.STATES);
        connections.all().onSequenced(sequence, now);
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        tellDefinition(context.instruments().add(book));
    }

    private void tellDefinition(final LinkedInstrument instrument) {
        connections.all().onDefinition(instrument, clock.nanoTime());
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        if (!config.trades() || connections.size() == 0) {
            return;
        }
        connections.all().onTrade(context.instruments().of(book), exchangeTime, price, quantity, aggressor, clock.nanoTime());
    }

    @Override
    public void onDefinition(final InstrumentBook book, final InstrumentDefinition definition) {
        tellDefinition(context.instruments().of(book));
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        final LinkedInstrument instrument = context.instruments().of(book);
        if (!config.quotes() || !instrument.refreshQuote(exchangeTime) || connections.size() == 0) {
            return;
        }
        connections.all().onQuote(instrument, clock.nanoTime());
    }

    /** Whether a stream of reports is known, for tests. */
    boolean remembersReports(final long stream) {
        return context.reports().last(stream) >= 0;
    }

    /**
     * Reads who may log on if that has changed: it looks at files. Whoever is logged on by what no longer holds is logged out
     * at the next {@link #doWork}. One thread, not the one that calls that.
     */
    public void refreshKeys() {
        context.keys().refresh();
    }

    /**
     * Whether keys cannot be read: then nobody new may log on, and what they take back is not taken back. Safe to call from any
     * thread.
     *
     * @return as of the last {@link #refreshKeys}
     */
    public boolean areKeysUnreadable() {
        return context.keys().isUnreadable();
    }

    /**
     * What the link counted. Safe to read from any thread.
     *
     * @return the same object for the life of the link
     */
    public LinkCounts counts() {
        return counts;
    }

    /**
     * Add-ons logged on now. Safe to call from any thread.
     *
     * @return number as of the last {@link #doWork}
     */
    public int peers() {
        return connections.loggedOn();
    }

    /**
     * What is known of each add-on that has logged on in this run. Safe to call from any thread.
     *
     * @return in the order of their first logons
     */
    public List<PeerFigures> peerFigures() {
        return connections.figures();
    }

    /**
     * Transports that may carry the link.
     *
     * @return labels, the preferred one first
     */
    public static List<String> transports() {
        return Stream.of(SocketTransport.values()).map(SocketTransport::label).toList();
    }

    /**
     * Which one does. Safe to call from any thread.
     *
     * @param label one of {@link #transports}
     * @return false before it listens
     */
    public boolean isCarriedBy(final String label) {
        return transport.equals(label);
    }

    /** Connections not yet closed, logged on or not; on the receive thread. */
    int connections() {
        return connections.size();
    }

    /**
     * Whether some socket has not taken all that it was to; on the receive thread.
     *
     * @return as of the last {@link #doWork}
     */
    public boolean isWriting() {
        return connections.isWriting();
    }

    /**
     * Number of what was sequenced last, a signal or a state; on the receive thread.
     *
     * @return 0 before any
     */
    public long lastSequence() {
        return context.retained().last();
    }

    /**
     * When the last signal was handed over and got its number; on the receive thread.
     *
     * @return ns since the Unix epoch; 0 before any
     */
    public long lastSignalTime() {
        return lastSignalTime;
    }

    /**
     * Number of this run, by which add-ons tell it from others.
     *
     * @return random, not 0
     */
    public long session() {
        return context.session();
    }

    /** Says goodbye to every peer, waits up to 200 ms for them to take it, and closes. */
    @Override
    public void close() {
        if (socket == null) {
            return;
        }
        socket.stopListening();
        connections.all().logout(LogoutReason.SHUTTING_DOWN, "the gateway stops", clock.nanoTime());
        final long begun = System.nanoTime();
        while (connections.size() > 0 && System.nanoTime() - begun < CLOSE_PATIENCE) {
            doWork();
            Thread.onSpinWait();
        }
        socket.close();
        connections.forgetAll();
        socket = null;
    }
}
