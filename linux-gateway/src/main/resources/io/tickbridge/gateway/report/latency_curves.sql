-- Percentile curves: parts in a million, and the latency that as many did not exceed.
WITH counted AS (
    SELECT place, hop, series,
           CASE WHEN latency < 10000 THEN latency
                ELSE latency // CAST(pow(10, length(CAST(latency AS VARCHAR)) - 4) AS BIGINT)
                     * CAST(pow(10, length(CAST(latency AS VARCHAR)) - 4) AS BIGINT) END AS latency,
           count(*) AS n
    FROM latencies WHERE latency >= 0
    GROUP BY place, hop, series, 4
), ranked AS (
    SELECT *, sum(n) OVER (PARTITION BY place, series ORDER BY latency) AS up_to, sum(n) OVER (PARTITION BY place, series) AS total
    FROM counted
), parts(part) AS (VALUES (0), (50000), (100000), (200000), (300000), (400000), (500000), (600000), (700000), (750000), (800000),
    (850000), (900000), (925000), (950000), (975000), (990000), (995000), (997500), (999000), (999500), (999900), (999990), (999999))
SELECT r.place, r.hop, r.series, p.part, CAST(max(total) AS BIGINT) AS count, min(r.latency) AS latency
FROM ranked r, parts p
WHERE r.up_to * 1000000 >= r.total * p.part AND r.total * (1000000 - p.part) >= 1000000 OR p.part = 0
GROUP BY r.place, r.hop, r.series, p.part
ORDER BY r.place, r.series, p.part
LIMIT 1500
