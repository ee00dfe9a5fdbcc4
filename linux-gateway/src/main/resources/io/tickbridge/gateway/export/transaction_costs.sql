-- One row an order, and one a decision that no order came of. EXPORT.md says what the columns mean.
--
-- The same text is run by DuckDB within tickbridge and by Spark over many days, so it keeps to what both take alike:
-- decimals of at most 38 digits, no division but rounded_quotient(a, b), which the caller defines: integers, b above 0,
-- rounded half away from zero. Prices become integers of 1e-9 before they are multiplied, so that no engine rounds.
WITH
-- A gateway that was killed between writing and acknowledging a report has it twice. That is all that stream and sequence are
-- for: a stream is one run of an add-on, and the next run tells of orders and executions of the one before again.
order_reports AS (
  SELECT * FROM (SELECT o.*, ROW_NUMBER() OVER (PARTITION BY stream, sequence ORDER BY index) AS copy FROM orders o) ranked
  WHERE copy = 1),
execution_copies AS (
  SELECT * FROM (SELECT e.*, ROW_NUMBER() OVER (PARTITION BY stream, sequence ORDER BY index) AS copy FROM executions e) ranked
  WHERE copy = 1),
-- A platform tells of the same execution again after its connection was lost, and to an add-on that was started anew, perhaps
-- before it tells of the order; one that was taken back is told with its quantity below 0. The time is part of the key, for a
-- simulated account counts its executions from 1 each time it is started.
execution_reports AS (
  SELECT * FROM (SELECT e.*, ROW_NUMBER() OVER (
      PARTITION BY account, execution_id, execution_time,
        CASE WHEN execution_id = '' THEN stream ELSE 0 END, CASE WHEN execution_id = '' THEN sequence ELSE 0 END, quantity > 0
      ORDER BY CASE WHEN client_order_id = '' THEN 1 ELSE 0 END, index) AS again FROM execution_copies e) ranked
  WHERE again = 1),
-- Which orders a signal led to. Only these have names that nobody else gives; the platform's number of another order is one of
-- that run of the add-on alone.
caused AS (
  SELECT account, client_order_id, signal_session, signal_sequence FROM (
    SELECT account, client_order_id, signal_session, signal_sequence, ROW_NUMBER() OVER (
      PARTITION BY account, client_order_id ORDER BY index) AS place
    FROM (
      SELECT account, client_order_id, signal_session, signal_sequence, index FROM order_reports
      UNION ALL SELECT account, client_order_id, signal_session, signal_sequence, index FROM execution_reports) both_kinds
    WHERE signal_session <> 0 AND client_order_id <> '') ranked
  WHERE place = 1),
keyed_orders AS (
  SELECT o.*, CASE WHEN c.account IS NULL THEN CAST(o.stream AS VARCHAR(20)) || ':' || o.platform_order_id ELSE '' END AS own_id
  FROM order_reports o LEFT JOIN caused c ON c.account = o.account AND c.client_order_id = o.client_order_id),
keyed_executions AS (
  SELECT e.*, CASE WHEN c.account IS NULL THEN CAST(e.stream AS VARCHAR(20)) || ':' || e.platform_order_id ELSE '' END AS own_id,
    CAST(e.price * 1000000000 AS DECIMAL(19,0)) AS price_units
  FROM execution_reports e LEFT JOIN caused c ON c.account = e.account AND c.client_order_id = e.client_order_id),
-- The last word of an add-on on a signal, and of all that trade an account the last that let it pass: of that an order came,
-- whichever run of the add-on told of it.
decisions AS (
  SELECT * FROM (SELECT d.*, ROW_NUMBER() OVER (
      PARTITION BY account, stream, signal_session, signal_sequence ORDER BY index DESC) AS place
    FROM (SELECT r.*, ROW_NUMBER() OVER (PARTITION BY stream, sequence ORDER BY index) AS copy
      FROM risk_decisions r WHERE signal_session <> 0) d
    WHERE copy = 1) ranked
  WHERE place = 1),
passed AS (
  SELECT * FROM (SELECT d.*, ROW_NUMBER() OVER (
      PARTITION BY account, signal_session, signal_sequence ORDER BY index DESC) AS latest
    FROM decisions d WHERE verdict <> 'REFUSED') ranked
  WHERE latest = 1),
spans AS (
  SELECT account, client_order_id, own_id, MIN(index) AS first_index, MAX(index) AS last_index,
    MIN(CASE WHEN state IN ('ACCEPTED', 'WORKING', 'TRIGGER_PENDING', 'PART_FILLED', 'FILLED') THEN event_time END) AS accepted_time
  FROM keyed_orders GROUP BY account, client_order_id, own_id),
fills AS (
  SELECT account, client_order_id, own_id, MIN(index) AS first_index,
    SUM(CAST(quantity AS DECIMAL(10,0))) AS executed,
    SUM(price_units * CAST(quantity AS DECIMAL(10,0))) AS notional,
    CAST(SUM(CASE WHEN quantity > 0 THEN 1 WHEN quantity < 0 THEN -1 ELSE 0 END) AS BIGINT) AS executions,
    SUM(commission) AS commission, MIN(execution_time) AS first_fill_time, MAX(execution_time) AS last_fill_time
  FROM keyed_executions GROUP BY account, client_order_id, own_id),
order_keys AS (
  SELECT account, client_order_id, own_id FROM spans
  UNION SELECT account, client_order_id, own_id FROM fills),
-- An order whose reports were lost but whose fills were not has a row as well.
told_orders AS (
  SELECT COALESCE(a.date, e.date) AS date, COALESCE(a.index, e.index) AS index, COALESCE(a.stream, e.stream) AS stream, k.account,
    k.client_order_id,
    COALESCE(c.signal_session, 0) AS signal_session, COALESCE(c.signal_sequence, 0) AS signal_sequence,
    COALESCE(a.venue, e.venue) AS venue, COALESCE(a.instrument, e.instrument) AS instrument,
    COALESCE(a.instrument_name, e.instrument_name) AS instrument_name, COALESCE(a.mode, e.mode) AS mode,
    COALESCE(a.role, e.role) AS role, COALESCE(a.action, e.action) AS action, z.order_type, z.limit_price, z.stop_price,
    z.platform_order_id, COALESCE(z.state, 'UNKNOWN') AS state, z.quantity, z.filled_quantity AS reported_filled_quantity,
    z.average_price AS reported_price, z.text, f.executed, f.notional, f.executions, f.commission, a.event_time AS order_time,
    s.accepted_time, f.first_fill_time, f.last_fill_time
  FROM order_keys k
  LEFT JOIN caused c ON c.account = k.account AND c.client_order_id = k.client_order_id
  LEFT JOIN spans s ON s.account = k.account AND s.client_order_id = k.client_order_id AND s.own_id = k.own_id
  LEFT JOIN fills f ON f.account = k.account AND f.client_order_id = k.client_order_id AND f.own_id = k.own_id
  LEFT JOIN order_reports a ON a.index = s.first_index
  LEFT JOIN order_reports z ON z.index = s.last_index
  LEFT JOIN execution_reports e ON e.index = f.first_index),
unordered AS (
  SELECT d.index FROM passed d LEFT JOIN told_orders o
    ON o.account = d.account AND o.signal_session = d.signal_session AND o.signal_sequence = d.signal_sequence AND o.role = 'ENTRY'
  WHERE o.account IS NULL
  UNION ALL SELECT index FROM decisions WHERE verdict = 'REFUSED'),
-- Beside each entry its decision; then the decisions without one: refused, dry, or of an order that was never told of.
all_rows AS (
  SELECT o.*, d.event_time AS decision_time, CAST(NULL AS VARCHAR(32)) AS refused_by, CAST(NULL AS BIGINT) AS limit_value,
    CAST(NULL AS BIGINT) AS value, CAST(NULL AS VARCHAR(16)) AS unit
  FROM told_orders o LEFT JOIN passed d
    ON d.account = o.account AND d.signal_session = o.signal_session AND d.signal_sequence = o.signal_sequence AND o.role = 'ENTRY'
  UNION ALL
  SELECT d.date, d.index, d.stream, d.account, d.client_order_id, d.signal_session, d.signal_sequence, d.venue, d.instrument,
    d.instrument_name, d.mode, 'ENTRY', d.action, CAST(NULL AS VARCHAR(20)), CAST(NULL AS DECIMAL(19,9)),
    CAST(NULL AS DECIMAL(19,9)), CAST(NULL AS VARCHAR(40)),
    CASE WHEN d.verdict = 'REFUSED' THEN 'REFUSED' WHEN d.mode = 'DRY_RUN' THEN 'DRY_RUN' ELSE 'NOT_TOLD' END,
    d.quantity, CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(19,9)), d.text, CAST(NULL AS DECIMAL(38,0)),
    CAST(NULL AS DECIMAL(38,0)), CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(38,9)), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), d.event_time, CASE WHEN d.verdict = 'REFUSED' THEN d.rule END,
    CASE WHEN d.verdict = 'REFUSED' THEN d.limit_value END, CASE WHEN d.verdict = 'REFUSED' THEN d.value END,
    CASE WHEN d.verdict = 'REFUSED' THEN d.unit END
  FROM decisions d JOIN unordered u ON u.index = d.index),
priced AS (
  SELECT r.*, g.rule_name AS kind, g.rule, g.number AS signal_number, g.index AS signal_index, g.side AS signal_side, g.symbol,
    g.microprice, g.tick, g.exchange_time, g.receive_time AS signal_receive_time, t.ready_time, t.sent_time,
    CASE WHEN r.action IN ('BUY', 'BUY_TO_COVER') THEN 1 WHEN r.action IN ('SELL', 'SELL_SHORT') THEN -1 END AS direction,
    -- Executions that were taken back may leave a remainder that means nothing.
    CASE WHEN r.executed > 0 AND ABS(r.notional) <= r.executed * 9000000000000000000
      THEN CAST(CAST(rounded_quotient(r.notional, r.executed) AS DECIMAL(19,0)) * 0.000000001 AS DECIMAL(19,9))
      WHEN r.executed IS NULL THEN r.reported_price END AS average_price
  FROM all_rows r
  LEFT JOIN signals_sent t ON t.session = r.signal_session AND t.sequence = r.signal_sequence AND r.signal_session <> 0
  LEFT JOIN signals g ON g.index = t.signal_index),
measured AS (
  SELECT p.*,
    CASE WHEN p.role = 'ENTRY' THEN CAST((CAST(p.average_price AS DECIMAL(20,9)) - p.microprice) * p.direction AS DECIMAL(21,9))
      END AS slippage,
    -- What is left at a stop is measured by the price that was meant to be had.
    CASE WHEN p.role <> 'ENTRY' THEN CAST((CAST(p.average_price AS DECIMAL(20,9)) - p.stop_price) * p.direction AS DECIMAL(21,9))
      END AS stop_slippage
  FROM priced p)
SELECT date, index, stream, account, mode, venue, instrument, instrument_name, symbol, kind, rule, signal_session,
  signal_sequence, signal_number, signal_index, signal_side, client_order_id, platform_order_id, role, action, order_type,
  limit_price, stop_price, state, quantity,
  CAST(CASE WHEN executed IS NULL THEN reported_filled_quantity ELSE executed END AS BIGINT) AS filled_quantity,
  reported_filled_quantity, executions,
  CASE WHEN quantity > 0 THEN CAST(CAST(rounded_quotient(
      CAST(CASE WHEN executed IS NULL THEN reported_filled_quantity ELSE executed END AS DECIMAL(20,0)) * 1000000000,
      CAST(quantity AS DECIMAL(38,0))) AS DECIMAL(19,0)) * 0.000000001 AS DECIMAL(19,9)) END AS fill_ratio,
  microprice, tick, average_price, slippage,
  -- Beyond a thousand million ticks it is a wrong price, not a cost.
  CASE WHEN tick > 0 AND ABS(slippage) <= CAST(tick AS DECIMAL(19,9)) * 1000000000
    THEN CAST(CAST(rounded_quotient(CAST(slippage * 1000000000 AS DECIMAL(21,0)) * 1000000000,
      CAST(tick * 1000000000 AS DECIMAL(38,0))) AS DECIMAL(19,0)) * 0.000000001 AS DECIMAL(19,9)) END AS slippage_ticks,
  stop_slippage,
  CASE WHEN tick > 0 AND ABS(stop_slippage) <= CAST(tick AS DECIMAL(19,9)) * 1000000000
    THEN CAST(CAST(rounded_quotient(CAST(stop_slippage * 1000000000 AS DECIMAL(21,0)) * 1000000000,
      CAST(tick * 1000000000 AS DECIMAL(38,0))) AS DECIMAL(19,0)) * 0.000000001 AS DECIMAL(19,9)) END AS stop_slippage_ticks,
  commission, refused_by, limit_value, value, unit, text, exchange_time, signal_receive_time, ready_time, sent_time,
  decision_time, order_time, accepted_time, first_fill_time, last_fill_time,
  ready_time - signal_receive_time AS receive_to_ready, sent_time - ready_time AS ready_to_sent,
  decision_time - sent_time AS sent_to_decision, order_time - decision_time AS decision_to_order,
  first_fill_time - order_time AS order_to_fill,
  -- A gateway that is killed may have sent a signal that its journal does not have, or not when.
  CASE WHEN signal_session <> 0 AND signal_index IS NULL THEN 'signal not in journal' END AS missing
FROM measured
