-- Each entry that was filled, with what closed it: the exits of the same signal. In units of price times quantity: what a contract's
-- point is worth is not in the journal. Gained is before commission, which is in the account's currency, of entry and exits together.
WITH sides AS (
    SELECT account, signal_session, signal_sequence, role = 'ENTRY' AS is_entry, min(mode) AS mode,
           min(coalesce(symbol, instrument_name)) AS symbol, min(tick) AS tick,
           max(CASE WHEN action IN ('BUY', 'BUY_TO_COVER') THEN 1 ELSE -1 END) AS direction, sum(filled_quantity) AS quantity,
           sum(CAST(average_price AS DECIMAL(28, 9)) * CAST(filled_quantity AS DECIMAL(10, 0))) AS notional,
           sum(commission) AS commission, min(first_fill_time) AS first_fill_time, max(last_fill_time) AS last_fill_time
    FROM transaction_costs
    WHERE signal_session <> 0 AND filled_quantity > 0 AND average_price IS NOT NULL AND state NOT IN ('REFUSED', 'DRY_RUN')
    GROUP BY ALL
)
SELECT e.account, e.mode, e.signal_session, e.signal_sequence, e.symbol, CAST(e.quantity AS BIGINT) AS quantity,
       CAST(coalesce(x.quantity, 0) AS BIGINT) AS exit_quantity, coalesce(x.quantity = e.quantity AND x.direction = -e.direction, false) AS closed,
       CASE WHEN x.quantity = e.quantity AND x.direction = -e.direction
            THEN CAST((x.notional - e.notional) * e.direction AS DECIMAL(38, 9)) END AS gained,
       CASE WHEN x.quantity = e.quantity AND x.direction = -e.direction AND e.tick > 0 THEN CAST(CAST(rounded_quotient(
            CAST((x.notional - e.notional) * e.direction * 1000000000 AS HUGEINT) * 1000000000, CAST(e.tick * 1000000000 AS HUGEINT)) AS DECIMAL(28, 0))
            * 0.000000001 AS DECIMAL(38, 9)) END AS gained_ticks,
       coalesce(e.commission, 0) + coalesce(x.commission, 0) AS commission, e.first_fill_time AS entered, x.last_fill_time AS left
FROM (FROM sides WHERE is_entry) e
LEFT JOIN (FROM sides WHERE NOT is_entry) x USING (account, signal_session, signal_sequence)
