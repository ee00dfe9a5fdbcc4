-- Each order that a signal led to: what was filled, at which average price, and how far that lies from the microprice at the
-- signal, in 1e-9 units and millionths of a tick; positive is dearer when bought, cheaper when sold. The newest 200.
WITH placed AS (
    SELECT stream, client_order_id, min(index) AS index, min(event_time) AS event_time, min(account) AS account, min(mode) AS mode,
           arg_max(state, index) AS state, min(action) AS action, min(role) AS role, max(quantity) AS quantity,
           min(instrument_name) AS instrument_name, min(venue) AS venue, min(instrument) AS instrument,
           min(signal_session) AS signal_session, min(signal_sequence) AS signal_sequence
    FROM orders GROUP BY stream, client_order_id
), filled AS (
    SELECT stream, client_order_id, CAST(sum(quantity) AS BIGINT) AS quantity,
           CAST(sum(CAST(price * 1000000000 AS HUGEINT) * quantity) AS HUGEINT) AS paid,
           CAST(sum(CAST(commission * 1000000000 AS HUGEINT)) AS HUGEINT) AS commission
    FROM (SELECT DISTINCT stream, client_order_id, execution_id, quantity, price, commission FROM executions) GROUP BY ALL
), priced AS (
    SELECT o.*, coalesce(f.quantity, 0) AS filled, f.paid // f.quantity AS average, f.commission, p.run, p.number, p.symbol, p.rule_name,
           CAST(p.tick_size * 1000000000 AS HUGEINT) AS tick,
           (CAST(p.bid_price * 1000000000 AS HUGEINT) * p.ask_quantity + CAST(p.ask_price * 1000000000 AS HUGEINT) * p.bid_quantity)
               // nullif(p.bid_quantity + p.ask_quantity, 0) AS microprice
    FROM placed o
    LEFT JOIN filled f ON f.stream = o.stream AND f.client_order_id = o.client_order_id
    LEFT JOIN signal_paths p ON o.signal_session <> 0 AND p.session = o.signal_session AND p.sequence = o.signal_sequence
), costed AS (
    SELECT *, CASE WHEN action IN ('BUY', 'BUY_TO_COVER') THEN average - microprice ELSE microprice - average END AS slippage FROM priced
)
SELECT CAST(make_timestamp_ns(event_time) AS VARCHAR) AS ordered_at, account, mode, coalesce(symbol, instrument_name) AS symbol, rule_name,
       role, action, quantity, filled, state, CAST(CAST(microprice AS DECIMAL(28, 0)) * 0.000000001 AS DECIMAL(28, 9)) AS microprice,
       CAST(CAST(average AS DECIMAL(28, 0)) * 0.000000001 AS DECIMAL(28, 9)) AS average_price,
       CAST(slippage AS BIGINT) AS slippage, CAST(slippage * 1000000 // tick AS BIGINT) AS slippage_ticks, run, number, client_order_id
FROM costed
ORDER BY index DESC
LIMIT 200
