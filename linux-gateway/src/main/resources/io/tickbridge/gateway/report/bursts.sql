-- The fullest milliseconds.
SELECT CAST(make_timestamp_ns(receive_time // 1000000 * 1000000) AS VARCHAR) AS millisecond,
       count(*) FILTER (WHERE message = 0) AS frames, count(type) AS messages,
       CAST(sum(length) FILTER (WHERE message = 0) AS BIGINT) AS bytes
FROM frames
GROUP BY receive_time // 1000000
ORDER BY frames DESC, millisecond
LIMIT 10
