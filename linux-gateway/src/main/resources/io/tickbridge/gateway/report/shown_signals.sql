-- Signals whose books are embedded: every one that led to an order, up to 200, and besides 200 spread evenly over all.
WITH numbered AS (
    SELECT p.*, row_number() OVER (ORDER BY p.index) - 1 AS place, count(*) OVER () AS total,
           o.signal_sequence IS NOT NULL AS ordered
    FROM signal_paths p LEFT JOIN (SELECT DISTINCT signal_session, signal_sequence FROM orders WHERE signal_session <> 0) o
        ON o.signal_session = p.session AND o.signal_sequence = p.sequence
), chosen AS (
    SELECT *, row_number() OVER (PARTITION BY ordered ORDER BY index) AS among FROM numbered
)
SELECT run, number, CAST(make_timestamp_ns(receive_time) AS VARCHAR) AS received, rule, rule_name, venue,
       coalesce(symbol, CAST(instrument AS VARCHAR)) AS symbol, side, bid_price, bid_quantity, ask_price, ask_quantity, value, ordered
FROM chosen
WHERE ordered AND among <= 200 OR place * 200 // total > (place - 1) * 200 // total OR place = 0
ORDER BY index
