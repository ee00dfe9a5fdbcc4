package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.filter.DropCounts;
import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.OtherGroups;
import io.tickbridge.gateway.filter.UdpGroup;
import io.tickbridge.gateway.signal.RuleDescription;
import io.tickbridge.gateway.signal.SignalCounts;
import io.tickbridge.gateway.signal.SignalEngine;
import io.tickbridge.gateway.signal.SignalKinds;
import io.tickbridge.gateway.signal.SignalListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;

/**
 * From frames to signals: filter, arbiter, decoder, books, rules, run to completion on the caller's thread.
 *
 * <p>What comes out is a function of the configuration and of the frames with their receive times, in their order; no
 * clock is read here. That is what makes a replay exact.
 */
public final class Pipeline implements FrameHandler {
    private final FrameFilter filter;
    private final FeedHandler[] handlerOfGroup;
    private final int[] lineOfGroup;
    /** For each line of each feed whether it states the same over and over. */
    private final boolean[][] repeatsOfFeed;
    private final FrameRecorder recorder;
    private final FrameHandler otherProtocols;
    private final SignalEngine engine;
    private final List<FeedHandler> feeds = new ArrayList<>();
    private final List<MarketBooks> books = new ArrayList<>();

    /**
     * Builds everything that the configuration names.
     *
     * @param config        feeds, instruments, filter and signal rules
     * @param recorder      told of each accepted frame before it is processed
     * @param signals       take each signal, in this order
     * @param bookListeners told what happens to books, after the signal rules were
     */
    public Pipeline(
            final GatewayConfig config,
            final FrameRecorder recorder,
            final List<SignalListener> signals,
            final List<BookListener> bookListeners) {
        this(config, recorder, signals, bookListeners, (buffer, offset, length, receiveTime, port) -> { }, feed -> GapWatch.NOBODY);
    }

    /**
     * Builds everything that the configuration names, for a gateway that its network talks to.
     *
     * @param config         feeds, instruments, filter and signal rules
     * @param recorder       told of each accepted frame before it is processed
     * @param signals        take each signal, in this order
     * @param bookListeners  told what happens to books, after the signal rules were
     * @param otherProtocols takes frames with IPv4 that carry no UDP, which the filter drops
     * @param gaps           told of holes in a feed, by its place in the configuration
     */
    public Pipeline(
            final GatewayConfig config,
            final FrameRecorder recorder,
            final List<SignalListener> signals,
            final List<BookListener> bookListeners,
            final FrameHandler otherProtocols,
            final IntFunction<GapWatch> gaps) {
        this.otherProtocols = otherProtocols;
        this.recorder = recorder;
        this.engine = new SignalEngine(
                config.signals(), config.feeds().stream().map(FeedConfig::name).toList(), SignalKinds.load(), signals);
        final BookListener listener = BookFanOut.of(engine, bookListeners);
        final List<UdpGroup> groups = new ArrayList<>();
        final List<FeedHandler> handlers = new ArrayList<>();
        final List<Integer> lines = new ArrayList<>();
        for (final FeedConfig feed : config.feeds()) {
            final MarketBooks feedBooks = FeedFactory.books(config, feed, listener);
            final FeedHandler handler = FeedFactory.handler(feed, feedBooks, gaps.apply(feeds.size()));
            feeds.add(handler);
            books.add(feedBooks);
            for (int line = 0; line < feed.lines().size(); line++) {
                groups.add(UdpGroup.of(feed.lines().get(line).group(), feed.lines().get(line).port()));
                handlers.add(handler);
                lines.add(line);
            }
        }
        for (final int feed : RecoveryLine.feeds(config)) {
            groups.add(UdpGroup.of(RecoveryLine.text(feed), RecoveryLine.PORT));
            handlers.add(feeds.get(feed));
            lines.add(config.feeds().get(feed).lines().size());
        }
        for (final int feed : RecoveryLine.snapshotFeeds(config)) {
            groups.add(UdpGroup.of(RecoveryLine.text(feed), RecoveryLine.SNAPSHOT_PORT));
            handlers.add(feeds.get(feed));
            lines.add(config.feeds().get(feed).lines().size() + 1);
        }
        this.filter = new FrameFilter(config.filter().checksums(), RecoveryLine.senders(config), groups);
        this.handlerOfGroup = handlers.toArray(FeedHandler[]::new);
        this.lineOfGroup = lines.stream().mapToInt(Integer::intValue).toArray();
        this.repeatsOfFeed = config.feeds().stream().map(FeedFactory::repeats).toArray(boolean[][]::new);
    }

    /**
     * Builds a pipeline only to learn whether the configuration can be built.
     *
     * @param config what to try
     * @return its signal rules, for the link to announce
     * @throws io.tickbridge.gateway.config.ConfigException saying everything in the configuration that stands against it
     */
    public static List<RuleDescription> check(final GatewayConfig config) {
        ConfigCheck.run(config);
        return new Pipeline(config, FrameRecorder.NONE, List.of(), List.of()).engine.descriptions();
    }

    /**
     * Memory that a configuration may take outside the heap.
     *
     * @param config whose
     * @return bytes
     */
    public static long memoryOutsideHeap(final GatewayConfig config) {
        return new MemoryBudget(config).bytes();
    }

    @Override
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int port) {
        final int group = filter.accept(buffer, offset, length);
        if (group < 0) {
            if (group == FrameFilter.OTHER_PROTOCOL) {
                otherProtocols.onFrame(buffer, offset, length, receiveTime, port);
            }
            return;
        }
        recorder.onFrame(buffer, offset, length, receiveTime, group);
        handlerOfGroup[group].onDatagram(
                buffer, filter.payloadOffset(), filter.payloadLength(), receiveTime, lineOfGroup[group]);
    }

    /** No more frames will come: what arbiters hold back is processed. */
    public void onEndOfInput() {
        feeds.forEach(FeedHandler::onEndOfInput);
    }

    /**
     * What a rule counted. Safe to read from any thread.
     *
     * @param rule its number, from 1
     * @return the same object for the life of the pipeline
     */
    public SignalCounts signalCounts(final int rule) {
        return engine.counts(rule);
    }

    /**
     * Groups of frames that no line is configured for. Safe to read from any thread.
     *
     * @return the same object for the life of the pipeline
     */
    public OtherGroups otherGroups() {
        return filter.otherGroups();
    }

    /**
     * What the filter let through and dropped. Safe to read from any thread.
     *
     * @return the same object for the life of the pipeline
     */
    public DropCounts filterCounts() {
        return filter.counts();
    }

    /**
     * What a feed counted. Safe to read from any thread.
     *
     * @param feed its place in the configuration, from 0
     * @return the same object for the life of the pipeline
     */
    public FeedCounts feedCounts(final int feed) {
        return feeds.get(feed).counts();
    }

    /**
     * What each line of a feed delivered. Safe to read from any thread.
     *
     * @param feed its place in the configuration, from 0
     * @return the same object for the life of the pipeline
     */
    public LineCounts lineCounts(final int feed) {
        return feeds.get(feed).lineCounts();
    }

    /**
     * Datagrams of those lines of a feed that tell of every change. What is stated over and over, re-sent or a snapshot is
     * not among them: it comes whether or not the market can be heard. Safe to call from any thread; allocates nothing.
     *
     * @param feed its place in the configuration, from 0
     * @return running total
     */
    public long heard(final int feed) {
        final LineCounts counts = feeds.get(feed).lineCounts();
        final boolean[] repeats = repeatsOfFeed[feed];
        long sum = 0;
        for (int line = 0; line < repeats.length; line++) {
            sum += repeats[line] ? 0 : counts.datagrams(line);
        }
        return sum;
    }

    /**
     * The books of a feed. Its counts are safe to read from any thread; the books are the receive thread's.
     *
     * @param feed its place in the configuration, from 0
     * @return the same object for the life of the pipeline
     */
    public MarketBooks books(final int feed) {
        return books.get(feed);
    }
}
