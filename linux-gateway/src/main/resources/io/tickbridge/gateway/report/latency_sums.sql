-- Each hop's percentiles, ns, by whole nanosecond up to 9,999 and to four digits, rounded down, above. Negative ones, where two
-- clocks differ by more than the hop took, are counted and left out.
WITH counted AS (
    SELECT place, hop, series,
           CASE WHEN latency < 10000 THEN latency
                ELSE latency // CAST(pow(10, length(CAST(latency AS VARCHAR)) - 4) AS BIGINT)
                     * CAST(pow(10, length(CAST(latency AS VARCHAR)) - 4) AS BIGINT) END AS latency,
           count(*) AS n, max(latency) AS greatest, max(error_bound) AS error_bound
    FROM latencies WHERE latency >= 0
    GROUP BY place, hop, series, 4
), ranked AS (
    SELECT *, sum(n) OVER (PARTITION BY place, series ORDER BY latency) AS up_to, sum(n) OVER (PARTITION BY place, series) AS total
    FROM counted
), negatives AS (
    SELECT place, series, count(*) AS negative FROM latencies WHERE latency < 0 GROUP BY place, series
)
SELECT r.place, r.hop, r.series, CAST(max(total) AS BIGINT) AS count, coalesce(max(x.negative), 0) AS negative, min(r.latency) AS least,
       min(r.latency) FILTER (WHERE up_to * 1000000 >= total * 500000) AS p50,
       min(r.latency) FILTER (WHERE up_to * 1000000 >= total * 900000) AS p90,
       min(r.latency) FILTER (WHERE up_to * 1000000 >= total * 990000) AS p99,
       min(r.latency) FILTER (WHERE up_to * 1000000 >= total * 999000) AS p999,
       min(r.latency) FILTER (WHERE up_to * 1000000 >= total * 999900) AS p9999,
       max(greatest) AS greatest, max(error_bound) AS error_bound
FROM ranked r LEFT JOIN negatives x ON x.place = r.place AND x.series IS NOT DISTINCT FROM r.series
GROUP BY r.place, r.hop, r.series
ORDER BY r.place, r.series
LIMIT 60
