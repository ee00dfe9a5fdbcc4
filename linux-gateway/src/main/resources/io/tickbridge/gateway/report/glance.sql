-- The day in one row.
SELECT f.*, t.trades, t.traded_quantity, i.instruments, s.signals, sent.signals_sent, d.decisions, d.refused, o.orders, o.ordered_quantity,
       o.fills, o.filled_quantity, n.runs, n.first_start, n.gateways, n.builds
FROM (SELECT count(*) FILTER (WHERE message = 0) AS frames, count(type) AS messages, count(DISTINCT line_name) AS lines,
             CAST(sum(length) FILTER (WHERE message = 0) AS HUGEINT) AS bytes,
             CAST(make_timestamp_ns(min(receive_time)) AS VARCHAR) AS first_frame,
             CAST(make_timestamp_ns(max(receive_time)) AS VARCHAR) AS last_frame,
             max(receive_time) - min(receive_time) AS span
      FROM frames) f,
     (SELECT count(*) AS trades, CAST(coalesce(sum(quantity), 0) AS HUGEINT) AS traded_quantity FROM trades WHERE kind = 'trade') t,
     (SELECT count(*) AS instruments FROM known_instruments) i,
     (SELECT count(*) AS signals FROM signals) s,
     (SELECT count(DISTINCT index) AS signals_sent FROM signal_paths WHERE add_ons > 0) sent,
     (SELECT count(*) AS decisions, count(*) FILTER (WHERE verdict = 'REFUSED') AS refused
      FROM (SELECT DISTINCT stream, sequence, verdict FROM risk_decisions WHERE signal_session <> 0)) d,
     (SELECT count(*) AS orders, CAST(coalesce(sum(quantity), 0) AS HUGEINT) AS ordered_quantity,
             CAST(coalesce(sum(executions), 0) AS BIGINT) AS fills, CAST(coalesce(sum(filled_quantity), 0) AS HUGEINT) AS filled_quantity
      FROM transaction_costs WHERE state NOT IN ('REFUSED', 'DRY_RUN')) o,
     (SELECT count(*) AS runs, CAST(make_timestamp_ns(min(start_time)) AS VARCHAR) AS first_start,
             string_agg(DISTINCT gateway, ', ' ORDER BY gateway) AS gateways, string_agg(DISTINCT build, ', ' ORDER BY build) AS builds
      FROM runs) n
