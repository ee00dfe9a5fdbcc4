-- Packets that no line delivered, as the gateway gave them up.
SELECT CAST(make_timestamp_ns(event_time) AS VARCHAR) AS noticed, event_time // 1000 AS microsecond, feed, gaps, lost
FROM feed_health
WHERE kind = 'GAP'
ORDER BY index
LIMIT 500
