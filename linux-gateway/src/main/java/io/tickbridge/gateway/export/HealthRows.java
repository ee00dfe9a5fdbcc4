package io.tickbridge.gateway.export;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.protocol.BookState;
import java.util.Locale;

/** How far feeds could be trusted, and what happened on the link. */
final class HealthRows {
    private final TableSink sink;

    HealthRows(final TableSink sink) {
        this.sink = sink;
    }

    /** One event of a feed; run is null where its start is not in the journal, and then nothing has a name. */
    void onFeedHealth(final long index, final FeedHealth health, final long time, final RunTables run) {
        sink.row(Table.FEED_HEALTH).ifPresent(row -> {
            row.number(index).number(time).text(run == null ? "feed " + health.feed() : run.feed(health.feed()))
                    .text(health.kind().name().toLowerCase(Locale.ROOT));
            if (health.kind() == FeedHealth.Kind.BOOK_STATE) {
                row.nothing().nothing().number(health.instrument())
                        .text(run == null ? null : run.instrument(health.feed(), health.instrument()).symbol())
                        .text(EnumText.of(() -> BookState.get((short) health.state()), health.state())).number(health.exchangeTime());
            } else {
                row.number(health.gaps()).number(health.lost()).nothing().nothing().nothing().nothing();
            }
            row.end();
        });
    }

    void onLinkEvent(final long index, final LinkEvent event, final long time) {
        sink.row(Table.LINK_EVENTS).ifPresent(row -> row.number(index).number(time).number(event.connection()).text(event.kind())
                .number(event.count()).text(event.name()).text(event.address()).text(event.text()).end());
    }
}
