-- Best prices of each instrument in each feed (two feeds of a venue have books of their own) by the time from which on the gateway
-- had them: packets that waited for an earlier one have older receive times than what was processed before them, so that the greatest
-- so far counts. One row a time: how it was left.
WITH feeds AS (
    SELECT feed, min(venue) AS venue FROM instruments GROUP BY feed
), known AS (
    SELECT t.run, f.venue, t.feed, t.instrument, t.index, t.place, t.state, t.bid_price, t.bid_quantity, t.ask_price,
           t.ask_quantity,
           max(t.receive_time) OVER (PARTITION BY t.run, t.feed, t.instrument ORDER BY t.index, t.place
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS known_time
    FROM top_of_book t JOIN feeds f ON f.feed = t.feed
)
SELECT run, venue, feed, instrument, known_time, state, bid_price, bid_quantity, ask_price, ask_quantity
FROM known
QUALIFY row_number() OVER (PARTITION BY run, feed, instrument, known_time ORDER BY index DESC, place DESC) = 1
