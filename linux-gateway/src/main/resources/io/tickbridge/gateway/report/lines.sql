-- What each line delivered.
SELECT line_name, feed, count(*) FILTER (WHERE message = 0) AS frames, count(type) AS messages,
       CAST(sum(length) FILTER (WHERE message = 0) AS HUGEINT) AS bytes,
       count(*) FILTER (WHERE type IS NULL AND problem IS NULL) AS heartbeats, count(DISTINCT index) FILTER (WHERE problem IS NOT NULL) AS malformed
FROM frames
GROUP BY line_name, feed
ORDER BY line_name
