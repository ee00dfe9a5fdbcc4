-- By account: orders, what was ordered and what of it was filled.
WITH placed AS (
    SELECT stream, client_order_id, min(account) AS account, min(mode) AS mode, max(quantity) AS quantity,
           bool_or(state = 'REJECTED') AS rejected, bool_or(state = 'CANCELLED') AS cancelled
    FROM orders GROUP BY stream, client_order_id
), filled AS (
    SELECT stream, client_order_id, CAST(sum(quantity) AS BIGINT) AS quantity, count(*) AS fills
    FROM (SELECT DISTINCT stream, client_order_id, execution_id, quantity FROM executions) GROUP BY ALL
)
SELECT p.account, p.mode, count(*) AS orders, count(f.fills) AS orders_filled, count(*) FILTER (WHERE p.rejected) AS rejected,
       count(*) FILTER (WHERE p.cancelled) AS cancelled, CAST(sum(p.quantity) AS BIGINT) AS ordered,
       CAST(coalesce(sum(f.quantity), 0) AS BIGINT) AS filled,
       CASE WHEN sum(p.quantity) > 0
            THEN CAST(CAST(coalesce(sum(f.quantity), 0) AS BIGINT) * 1000000 // CAST(sum(p.quantity) AS BIGINT) AS BIGINT) END AS filled_ppm
FROM placed p LEFT JOIN filled f ON f.stream = p.stream AND f.client_order_id = p.client_order_id
GROUP BY p.account, p.mode
ORDER BY p.account, p.mode
