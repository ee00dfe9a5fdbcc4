-- What the price did after each signal: microprices in 1e-9 units, and their difference signed by the
-- signal's side, in millionths of a tick, or of one unit of price where the tick size is not known. No later price where the run
-- ended before, or the book was not to be trusted, or had no best bid and offer.
WITH horizons(horizon) AS (VALUES (1000000), (100000000), (1000000000), (10000000000), (60000000000)),
ends AS (
    SELECT run, max(receive_time) AS end_time FROM frames WHERE message = 0 GROUP BY run
), wanted AS (
    SELECT s.index, s.run, s.number, s.receive_time, s.rule, s.rule_name, s.venue, s.feed, s.instrument, s.symbol, s.side, h.horizon,
           s.receive_time + h.horizon AS later_time, e.end_time,
           CASE WHEN s.tick_size IS NULL THEN 'price' ELSE 'ticks' END AS unit,
           CAST(coalesce(s.tick_size, 1) * 1000000000 AS HUGEINT) AS unit_nanos,
           CAST(s.microprice * 1000000000 AS HUGEINT) AS microprice
    FROM signal_paths s CROSS JOIN horizons h LEFT JOIN ends e ON e.run = s.run
), later AS (
    SELECT w.*,
           CASE WHEN w.later_time <= w.end_time AND b.state = 'TRUSTED' AND b.bid_price IS NOT NULL AND b.ask_price IS NOT NULL
                     AND b.bid_quantity + b.ask_quantity > 0
                THEN rounded_quotient(CAST(b.bid_price * 1000000000 AS HUGEINT) * b.ask_quantity
                                      + CAST(b.ask_price * 1000000000 AS HUGEINT) * b.bid_quantity, b.bid_quantity + b.ask_quantity)
           END AS later_microprice
    FROM wanted w ASOF LEFT JOIN books_at b
        ON b.run = w.run AND b.feed = w.feed AND b.instrument = w.instrument AND w.later_time >= b.known_time
)
SELECT index, run, number, receive_time, rule, rule_name, venue, instrument, symbol, side, horizon, unit,
       CAST(microprice AS BIGINT) AS microprice, CAST(later_microprice AS BIGINT) AS later_microprice,
       CAST(rounded_quotient((later_microprice - microprice) * CASE WHEN side = 'SELL' THEN -1 ELSE 1 END * 1000000, unit_nanos) AS BIGINT) AS change
FROM later
