-- Every latency that the journal holds, hop by hop, ns. Hops between two machines compare two clocks: exchange to NIC as they
-- are, hence sometimes negative; socket to add-on by an offset that causality bounds, for no add-on decides before a signal was
-- ready, and none reports after the report was received. It is taken in the middle, for 10 minutes of a stream at a time, and
-- error_bound is how far it may be off. The socket took the signal between ready_time and sent_time, which is read after the
-- write; the hop is counted from there, hence sometimes negative too, and the time between the two is part of the bound.
WITH reports AS (
    SELECT stream, sequence, min(event_time) AS event_time, min(receive_time) AS receive_time FROM (
        SELECT stream, sequence, event_time, receive_time FROM orders
        UNION ALL SELECT stream, sequence, event_time, receive_time FROM executions
        UNION ALL SELECT stream, sequence, event_time, receive_time FROM positions
        UNION ALL SELECT stream, sequence, event_time, receive_time FROM risk_decisions)
    GROUP BY stream, sequence
), decided AS (
    SELECT stream, signal_session, signal_sequence, min(event_time) AS event_time, min(receive_time) AS receive_time,
           min(account) AS account
    FROM risk_decisions WHERE signal_session <> 0 GROUP BY stream, signal_session, signal_sequence
), taken AS (
    SELECT d.stream, d.receive_time // 600000000000 AS ten_minutes, d.receive_time, d.event_time, p.ready_time, p.sent_time, d.account
    FROM decided d JOIN signal_paths p ON p.session = d.signal_session AND p.sequence = d.signal_sequence
    WHERE p.sent_time IS NOT NULL
), latest AS (
    SELECT stream, ten_minutes, min(event_time - ready_time) AS offset_at_most FROM taken GROUP BY stream, ten_minutes
), earliest AS (
    SELECT stream, receive_time // 600000000000 AS ten_minutes, max(event_time - receive_time) AS offset_at_least
    FROM reports GROUP BY stream, receive_time // 600000000000
)
SELECT 1 AS place, 'exchange to NIC' AS hop, line_name AS series, receive_time AS time, receive_time - send_time AS latency,
       0 AS error_bound
FROM frames WHERE message = 0 AND send_time IS NOT NULL
UNION ALL
SELECT 2, 'NIC to signal', rule_name, receive_time, ready_time - receive_time, 0
FROM signal_paths WHERE live AND ready_time IS NOT NULL
UNION ALL
SELECT 3, 'signal to socket', rule_name, sent_time, sent_time - ready_time, 0
FROM signal_paths WHERE add_ons > 0 AND sent_time IS NOT NULL
UNION ALL
SELECT 4, 'socket to add-on', t.account, t.sent_time,
       t.event_time - t.sent_time - (l.offset_at_most + e.offset_at_least) // 2,
       (l.offset_at_most - e.offset_at_least + 1) // 2 + t.sent_time - t.ready_time
FROM taken t JOIN latest l USING (stream, ten_minutes) JOIN earliest e USING (stream, ten_minutes)
WHERE e.offset_at_least <= l.offset_at_most
UNION ALL
SELECT 5, 'add-on to order', account, order_time, decision_to_order, 0
FROM transaction_costs WHERE role = 'ENTRY' AND decision_to_order IS NOT NULL
UNION ALL
-- A stop or a target rests until the price comes: how long says nothing of an entry, and is kept apart from it.
SELECT 6, 'order to fill', account || CASE WHEN role = 'ENTRY' THEN '' ELSE ', ' || lower(replace(role, '_', ' ')) END, first_fill_time,
       order_to_fill, 0
FROM transaction_costs WHERE order_to_fill IS NOT NULL
