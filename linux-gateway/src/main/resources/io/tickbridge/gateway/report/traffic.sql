-- Frames and messages over at most 240 equal stretches of receive time, and the fullest millisecond of each.
WITH span AS (SELECT min(receive_time) AS first, max(receive_time) AS last FROM frames),
width AS (
    SELECT min(w) AS width FROM (VALUES (1000000), (2000000), (5000000), (10000000), (20000000), (50000000), (100000000), (200000000),
        (500000000), (1000000000), (2000000000), (5000000000), (10000000000), (20000000000), (30000000000), (60000000000),
        (120000000000), (300000000000), (600000000000), (1800000000000), (3600000000000), (21600000000000), (86400000000000),
        (864000000000000), (31536000000000000)) v(w), span WHERE w * 240 > last - first
), each_millisecond AS (
    SELECT receive_time // 1000000 AS millisecond, count(*) FILTER (WHERE message = 0) AS frames, count(type) AS messages
    FROM frames GROUP BY 1
)
SELECT m.millisecond * 1000000 // w.width * w.width // 1000 AS microsecond, w.width, CAST(sum(m.frames) AS BIGINT) AS frames, CAST(sum(m.messages) AS BIGINT) AS messages,
       max(m.frames) AS fullest_millisecond
FROM each_millisecond m, width w
GROUP BY 1, 2
ORDER BY 1
