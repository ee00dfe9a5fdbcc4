-- Entries and what closed them, by account and instrument: of the view round_trips those that are closed, and how many are not.
SELECT account, mode, symbol, count(*) FILTER (WHERE closed) AS trips, count(*) FILTER (WHERE NOT closed) AS not_closed,
       count(*) FILTER (WHERE gained > 0) AS won, count(*) FILTER (WHERE gained < 0) AS lost,
       CAST(coalesce(sum(quantity) FILTER (WHERE closed), 0) AS BIGINT) AS quantity, CAST(sum(gained) AS DECIMAL(38, 9)) AS gained,
       CASE WHEN count(gained_ticks) = count(*) FILTER (WHERE closed) THEN CAST(sum(gained_ticks) AS DECIMAL(38, 9)) END AS gained_ticks,
       CAST(sum(commission) FILTER (WHERE closed) AS DECIMAL(38, 9)) AS commission,
       CAST(min(gained) AS DECIMAL(38, 9)) AS worst, CAST(max(gained) AS DECIMAL(38, 9)) AS best
FROM round_trips
GROUP BY account, mode, symbol
ORDER BY account, mode, symbol
LIMIT 200
