-- By reason: how often books were not to be trusted, how many, and for how long together.
WITH changes AS (
    SELECT h.feed, h.instrument, h.state, h.event_time,
           lead(h.event_time) OVER (PARTITION BY h.run, h.feed, h.instrument ORDER BY h.index) AS until_time
    FROM feed_health h
    WHERE h.kind = 'BOOK_STATE'
)
SELECT feed, state, count(*) AS times, count(DISTINCT instrument) AS books, count(until_time) AS recovered,
       CAST(coalesce(sum(until_time - event_time), 0) AS HUGEINT) AS duration, max(until_time - event_time) AS longest
FROM changes
WHERE state <> 'TRUSTED'
GROUP BY feed, state
ORDER BY feed, state
