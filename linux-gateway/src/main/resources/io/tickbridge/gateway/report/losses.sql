-- Everything that can be missing; what is not 0 is said at the top.
SELECT place, what, amount FROM (
    SELECT 1 AS place, 'frames lost on the way into the journal' AS what, CAST(coalesce(sum(frames), 0) AS BIGINT) AS amount
    FROM journal_losses WHERE kind = 'gap'
    UNION ALL SELECT 2, 'signals lost on the way into the journal', CAST(coalesce(sum(signals), 0) AS BIGINT)
    FROM journal_losses WHERE kind = 'gap'
    UNION ALL SELECT 3, 'damaged places in the journal', count(*) FROM journal_losses WHERE kind = 'damage'
    UNION ALL SELECT 4, 'packets lost on every line of a feed', CAST(coalesce(sum(lost), 0) AS BIGINT) FROM feed_health WHERE kind = 'GAP'
    UNION ALL SELECT 5, 'frames that could not be decoded', count(DISTINCT index) FROM frames WHERE problem IS NOT NULL
    UNION ALL SELECT 6, 'runs without an end: killed, or still going on', count(*)
    FROM runs r WHERE NOT EXISTS (SELECT 1 FROM run_ends e WHERE e.run = r.index)
    UNION ALL SELECT 7, 'reports of add-ons that never came', CAST(coalesce(sum(events), 0) AS BIGINT)
    FROM link_events WHERE kind = 'reports-missing'
    UNION ALL SELECT 8, 'events and times of sending lost on the way into the journal', CAST(coalesce(sum(others), 0) AS BIGINT)
    FROM journal_losses WHERE kind = 'gap'
    UNION ALL SELECT 9, 'orders and decisions whose signal is not in the journal', count(*)
    FROM transaction_costs WHERE missing IS NOT NULL)
ORDER BY place
