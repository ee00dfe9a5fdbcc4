-- What orders cost, by account, mode and instrument: slippage against the microprice at the signal in ticks, positive is a cost, mean of
-- the filled ones rounded to a thousandth of a tick.
SELECT account, mode, coalesce(symbol, instrument_name) AS symbol, role,
       count(*) AS orders, count(*) FILTER (WHERE filled_quantity > 0) AS orders_filled,
       count(*) FILTER (WHERE state = 'REJECTED') AS rejected, count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled,
       CAST(sum(quantity) AS BIGINT) AS ordered, CAST(coalesce(sum(filled_quantity), 0) AS BIGINT) AS filled,
       CASE WHEN sum(quantity) > 0 THEN CAST(CAST(rounded_quotient(coalesce(sum(filled_quantity), 0) * 100000, sum(quantity)) AS DECIMAL(18, 0))
            * 0.001 AS DECIMAL(18, 3)) END AS fill_percent,
       count(slippage_ticks) AS costed,
       CASE WHEN count(slippage_ticks) > 0 THEN CAST(CAST(rounded_quotient(CAST(sum(slippage_ticks) * 1000000000 AS HUGEINT),
            count(slippage_ticks) * 1000000) AS DECIMAL(18, 0)) * 0.001 AS DECIMAL(18, 3)) END AS mean_slippage_ticks,
       CAST(max(slippage_ticks) AS DECIMAL(19, 3)) AS worst_slippage_ticks,
       CASE WHEN count(slippage) > 0 THEN CAST(CAST(rounded_quotient(CAST(sum(slippage) * 1000000000 AS HUGEINT), count(slippage))
            AS DECIMAL(28, 0)) * 0.000000001 AS DECIMAL(28, 9)) END AS mean_slippage,
       CASE WHEN count(stop_slippage_ticks) > 0 THEN CAST(CAST(rounded_quotient(CAST(sum(stop_slippage_ticks) * 1000000000 AS HUGEINT),
            count(stop_slippage_ticks) * 1000000) AS DECIMAL(18, 0)) * 0.001 AS DECIMAL(18, 3)) END AS mean_stop_slippage_ticks,
       CAST(max(stop_slippage_ticks) AS DECIMAL(19, 3)) AS worst_stop_slippage_ticks,
       CAST(sum(commission) AS DECIMAL(38, 9)) AS commission
FROM transaction_costs
WHERE state NOT IN ('REFUSED', 'DRY_RUN')
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
LIMIT 200
