-- Whose fills these are: the account, its mode, and the add-on that reported them.
WITH names AS (
    SELECT run, connection, max(name) AS name FROM link_events WHERE kind = 'logged-on' GROUP BY run, connection
), told AS (
    SELECT run, connection, stream FROM orders UNION SELECT run, connection, stream FROM executions
    UNION SELECT run, connection, stream FROM risk_decisions
), add_ons AS (
    SELECT t.stream, max(n.name) AS add_on FROM told t JOIN names n ON n.run = t.run AND n.connection = t.connection GROUP BY t.stream
), ordered AS (
    SELECT stream, account, mode, count(*) AS orders, sum(executions) AS fills
    FROM transaction_costs WHERE state <> 'REFUSED' GROUP BY stream, account, mode
), filled AS (
    SELECT stream, account, bool_and(regexp_full_match(execution_id, 'X[0-9]+')) AS simulated FROM executions GROUP BY stream, account
)
SELECT o.account, o.mode, a.add_on, CAST(sum(o.orders) AS BIGINT) AS orders, CAST(sum(o.fills) AS BIGINT) AS fills,
       bool_and(f.simulated) AS simulated
FROM ordered o LEFT JOIN add_ons a ON a.stream = o.stream LEFT JOIN filled f ON f.stream = o.stream AND f.account = o.account
GROUP BY o.account, o.mode, a.add_on
ORDER BY o.account, o.mode, a.add_on
LIMIT 30
