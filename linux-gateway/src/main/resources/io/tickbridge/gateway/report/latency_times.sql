-- Each hop over at most 120 equal stretches of time: count, median, 99th percentile and greatest, all series together.
WITH spans AS (SELECT place, min(time) AS first, max(time) AS last FROM latencies WHERE latency >= 0 GROUP BY place),
widths AS (
    SELECT place, first, min(w) AS width FROM (VALUES (1000000), (2000000), (5000000), (10000000), (20000000), (50000000), (100000000),
        (200000000), (500000000), (1000000000), (2000000000), (5000000000), (10000000000), (20000000000), (30000000000), (60000000000),
        (120000000000), (300000000000), (600000000000), (1800000000000), (3600000000000), (21600000000000), (86400000000000),
        (864000000000000), (31536000000000000)) v(w), spans WHERE w * 120 > last - first GROUP BY place, first
), counted AS (
    SELECT l.place, l.hop, l.time // w.width * w.width // 1000 AS microsecond, w.width,
           CASE WHEN latency < 10000 THEN latency
                ELSE latency // CAST(pow(10, length(CAST(latency AS VARCHAR)) - 4) AS BIGINT)
                     * CAST(pow(10, length(CAST(latency AS VARCHAR)) - 4) AS BIGINT) END AS latency,
           count(*) AS n, max(latency) AS greatest
    FROM latencies l JOIN widths w ON w.place = l.place WHERE latency >= 0
    GROUP BY 1, 2, 3, 4, 5
), ranked AS (
    SELECT *, sum(n) OVER (PARTITION BY place, microsecond ORDER BY latency) AS up_to,
           sum(n) OVER (PARTITION BY place, microsecond) AS total
    FROM counted
)
SELECT place, hop, microsecond, width, CAST(max(total) AS BIGINT) AS count,
       min(latency) FILTER (WHERE up_to * 2 >= total) AS p50,
       min(latency) FILTER (WHERE up_to * 100 >= total * 99) AS p99, max(greatest) AS greatest
FROM ranked
GROUP BY place, hop, microsecond, width
ORDER BY place, microsecond
