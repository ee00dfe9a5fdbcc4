-- Signals whose books are embedded, at most {books}: those that led to an order first, the others spread evenly over the rest; and
-- besides those that were asked for by number.
WITH numbered AS (
    SELECT p.*, o.signal_sequence IS NOT NULL AS ordered, p.number IN ({numbers}) AS asked
    FROM signal_paths p LEFT JOIN (SELECT DISTINCT signal_session, signal_sequence FROM orders WHERE signal_session <> 0) o
        ON o.signal_session = p.session AND o.signal_sequence = p.sequence
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY ordered ORDER BY index) - 1 AS place, count(*) OVER (PARTITION BY ordered) AS total,
           greatest(0, {books} - count(*) FILTER (WHERE ordered) OVER ()) AS room
    FROM numbered
)
SELECT run, number, CAST(make_timestamp_ns(receive_time) AS VARCHAR) AS received, rule, rule_name, venue,
       coalesce(symbol, CAST(instrument AS VARCHAR)) AS symbol, side, bid_price, bid_quantity, ask_price, ask_quantity, value, ordered
FROM placed
WHERE asked OR ordered AND place < {books} OR NOT ordered AND place * room // total > (place - 1) * room // total
    OR NOT ordered AND place = 0 AND room > 0
ORDER BY index
