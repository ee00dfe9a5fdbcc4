-- Signals of each rule over at most 120 equal stretches of receive time.
WITH span AS (SELECT min(receive_time) AS first, max(receive_time) AS last FROM signals),
width AS (
    SELECT min(w) AS width FROM (VALUES (1000000), (2000000), (5000000), (10000000), (20000000), (50000000), (100000000), (200000000),
        (500000000), (1000000000), (2000000000), (5000000000), (10000000000), (20000000000), (30000000000), (60000000000),
        (120000000000), (300000000000), (600000000000), (1800000000000), (3600000000000), (21600000000000), (86400000000000),
        (864000000000000), (31536000000000000)) v(w), span WHERE w * 120 > last - first
)
SELECT s.rule, s.rule_name, s.receive_time // w.width * w.width // 1000 AS microsecond, w.width, count(*) AS signals
FROM signals s, width w
GROUP BY 1, 2, 3, 4
ORDER BY 1, 3
