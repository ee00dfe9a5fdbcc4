-- Every latency that the journal holds, hop by hop, ns. Hops between two machines compare two clocks: exchange to NIC as they
-- are, hence sometimes negative; socket to add-on by an offset that causality bounds, for no add-on decides before a signal was
-- sent, and none reports after the report was received. It is taken in the middle, for 10 minutes of a stream at a time, and
-- error_bound is how far it may be off.
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
    SELECT d.stream, d.receive_time // 600000000000 AS ten_minutes, d.receive_time, d.event_time, p.sent_time, d.account
    FROM decided d JOIN signal_paths p ON p.session = d.signal_session AND p.sequence = d.signal_sequence
    WHERE p.sent_time IS NOT NULL
), latest AS (
    SELECT stream, ten_minutes, min(event_time - sent_time) AS offset_at_most FROM taken GROUP BY stream, ten_minutes
), earliest AS (
    SELECT stream, receive_time // 600000000000 AS ten_minutes, max(event_time - receive_time) AS offset_at_least
    FROM reports GROUP BY stream, receive_time // 600000000000
), ordered AS (
    SELECT stream, client_order_id, min(event_time) AS event_time, min(receive_time) AS receive_time,
           min(signal_session) AS signal_session, min(signal_sequence) AS signal_sequence, min(role) AS role, min(account) AS account
    FROM orders
    WHERE client_order_id <> '' AND state NOT IN ('UNKNOWN', 'INITIALIZED')
    GROUP BY stream, client_order_id
), filled AS (
    SELECT stream, client_order_id, min(event_time) AS event_time, min(receive_time) AS receive_time
    FROM executions GROUP BY stream, client_order_id
)
SELECT 1 AS place, 'exchange to NIC' AS hop, line_name AS series, receive_time AS time, receive_time - send_time AS latency,
       0 AS error_bound
FROM frames WHERE message = 0 AND send_time IS NOT NULL
UNION ALL
SELECT 2, 'NIC to signal', rule_name, receive_time, ready_time - receive_time, 0
FROM signal_paths WHERE live AND ready_time IS NOT NULL
UNION ALL
SELECT 3, 'signal to socket', rule_name, sent_time, sent_time - ready_time, 0
FROM signal_paths WHERE add_ons > 0
UNION ALL
SELECT 4, 'socket to add-on', t.account, t.sent_time,
       t.event_time - t.sent_time - (l.offset_at_most + e.offset_at_least) // 2, (l.offset_at_most - e.offset_at_least + 1) // 2
FROM taken t JOIN latest l USING (stream, ten_minutes) JOIN earliest e USING (stream, ten_minutes)
WHERE e.offset_at_least <= l.offset_at_most
UNION ALL
SELECT 5, 'add-on to order', o.account, o.receive_time, o.event_time - d.event_time, 0
FROM ordered o JOIN decided d ON d.stream = o.stream AND d.signal_session = o.signal_session AND d.signal_sequence = o.signal_sequence
WHERE o.role = 'ENTRY'
UNION ALL
SELECT 6, 'order to fill', o.account, f.receive_time, f.event_time - o.event_time, 0
FROM ordered o JOIN filled f ON f.stream = o.stream AND f.client_order_id = o.client_order_id
