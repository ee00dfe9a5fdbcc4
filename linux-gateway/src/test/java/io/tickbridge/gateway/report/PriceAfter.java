package io.tickbridge.gateway.report;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.capture.file.CaptureFileSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalDecoder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * What prices did after signals, worked out once more without SQL: books are followed as they change, each signal waits for its
 * times to come, and sums are of BigDecimal.
 */
final class PriceAfter implements BookListener {
    static final List<Long> HORIZONS = List.of(1_000_000L, 100_000_000L, 1_000_000_000L, 10_000_000_000L, 60_000_000_000L);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** By rule, unit and horizon: number of signals, of those measured, sum and sum of squares in millionths of the unit. */
    final Map<String, BigDecimal[]> sums = new TreeMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<Long, BigDecimal> prices = new HashMap<>();
    private final Map<Long, Long> ticks = new HashMap<>();
    private final SignalDecoder signal = new SignalDecoder();
    private long now = Long.MIN_VALUE;

    private record Waiting(long due, String key, long instrument, int sign, BigDecimal price, BigDecimal unit) {
    }

    static PriceAfter of(final String configuration, final String capture) {
        final PriceAfter after = new PriceAfter();
        final Pipeline pipeline = new Pipeline(ConfigReader.parse(configuration, Path.of(""), "test"), FrameRecorder.NONE,
                List.of(after::onSignal), List.of(after));
        final long[] last = new long[1];
        try (CaptureFileSource source = CaptureFiles.open(SharedData.file("captures/" + capture))) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> {
                    last[0] = Math.max(last[0], time);
                    after.until(time);
                    pipeline.onFrame(buffer, offset, length, time, port);
                }, 1);
            }
        }
        pipeline.onEndOfInput();
        // The run has ended: what is due up to its last frame is measured, what is due later is not.
        after.until(last[0] + 1);
        return after;
    }

    /** Measures what is due before a time, at the books as they are. */
    private void until(final long time) {
        if (time <= now) {
            return;
        }
        now = time;
        waiting.removeIf(one -> {
            if (one.due() >= time) {
                return false;
            }
            final BigDecimal later = prices.get(one.instrument());
            if (later != null) {
                final BigDecimal change = later.subtract(one.price()).multiply(BigDecimal.valueOf(one.sign())).multiply(MILLION)
                        .divide(one.unit(), 0, RoundingMode.HALF_UP);
                final BigDecimal[] sum = sums.get(one.key());
                sum[1] = sum[1].add(BigDecimal.ONE);
                sum[2] = sum[2].add(change);
                sum[3] = sum[3].add(change.multiply(change));
            }
            return true;
        });
    }

    private void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        final BigDecimal price = micro(signal.bidPrice(), signal.bidQuantity(), signal.askPrice(), signal.askQuantity());
        final long tick = ticks.getOrDefault(signal.instrument(), 0L);
        for (final long horizon : HORIZONS) {
            final String key = signal.rule() + " " + (tick == 0 ? "price" : "ticks") + " " + horizon;
            final BigDecimal[] sum = sums.computeIfAbsent(key, any -> new BigDecimal[] {
                BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
            sum[0] = sum[0].add(BigDecimal.ONE);
            waiting.add(new Waiting(receiveTime + horizon, key, signal.instrument(), signal.side() == Side.SELL ? -1 : 1, price,
                    BigDecimal.valueOf(tick == 0 ? 1_000_000_000L : tick)));
        }
    }

    private static BigDecimal micro(final long bid, final int bidQuantity, final long ask, final int askQuantity) {
        return BigDecimal.valueOf(bid).multiply(BigDecimal.valueOf(askQuantity))
                .add(BigDecimal.valueOf(ask).multiply(BigDecimal.valueOf(bidQuantity)))
                .divide(BigDecimal.valueOf((long) bidQuantity + askQuantity), 0, RoundingMode.HALF_UP);
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        ticks.put(book.instrument(), book.tickSize());
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // Prices of books.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        onBookEvent(book, exchangeTime);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        if (book.state() == BookState.TRUSTED && book.hasTop()) {
            prices.put(book.instrument(), micro(book.side(MarketDataListener.BID).price(0), book.side(MarketDataListener.BID).quantity(0),
                    book.side(MarketDataListener.ASK).price(0), book.side(MarketDataListener.ASK).quantity(0)));
        } else {
            prices.remove(book.instrument());
        }
    }
}
