-- Each time a book was not to be trusted, and until when; of the longest 500.
WITH changes AS (
    SELECT h.run, h.index, h.event_time, h.feed, h.instrument, h.state,
           lead(h.event_time) OVER (PARTITION BY h.run, h.feed, h.instrument ORDER BY h.index) AS until_time
    FROM feed_health h
    WHERE h.kind = 'BOOK_STATE'
), feeds AS (SELECT feed, min(venue) AS venue FROM instruments GROUP BY feed)
SELECT CAST(make_timestamp_ns(c.event_time) AS VARCHAR) AS began, c.event_time // 1000 AS microsecond, c.feed,
       coalesce(k.symbol, CAST(c.instrument AS VARCHAR)) AS symbol, c.state,
       c.until_time // 1000 AS until_microsecond, c.until_time - c.event_time AS duration
FROM changes c LEFT JOIN feeds f ON f.feed = c.feed
LEFT JOIN known_instruments k ON k.venue = f.venue AND k.instrument = c.instrument
WHERE c.state <> 'TRUSTED'
ORDER BY duration DESC NULLS FIRST, c.index, c.instrument
LIMIT 500
