-- Whose fills these are: the account, its mode, and the add-on that reported them.
WITH names AS (
    SELECT r.index AS run, l.connection, max(l.name) AS name
    FROM link_events l ASOF JOIN runs r ON l.index >= r.index WHERE l.kind = 'logged-on' GROUP BY 1, 2
), told AS (
    SELECT r.index AS run, o.connection, o.account, o.mode, o.client_order_id, o.stream
    FROM orders o ASOF JOIN runs r ON o.index >= r.index
), fills AS (
    SELECT stream, count(DISTINCT execution_id) AS fills, bool_and(regexp_full_match(execution_id, 'X[0-9]+')) AS simulated
    FROM executions GROUP BY stream
)
SELECT t.account, t.mode, n.name AS add_on, count(DISTINCT t.client_order_id) AS orders, max(f.fills) AS fills, bool_and(f.simulated) AS simulated
FROM told t LEFT JOIN names n ON n.run = t.run AND n.connection = t.connection LEFT JOIN fills f ON f.stream = t.stream
GROUP BY t.account, t.mode, n.name
ORDER BY t.account, t.mode, add_on
LIMIT 30
