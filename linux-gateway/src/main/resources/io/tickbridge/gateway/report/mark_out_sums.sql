-- What the price did after signals: by rule, and by rule and instrument for the 60 that fired most. Sums are of whole millionths of a
-- unit and exact; the mean is theirs, rounded to a thousandth of a unit, with half the width of its 95 % confidence interval by
-- Student's t, for the next fewer degrees of freedom that the list has; below 10 values there is none.
WITH quantiles(freedom, t) AS (
    VALUES (9, 2.262), (10, 2.228), (11, 2.201), (12, 2.179), (13, 2.160), (14, 2.145), (15, 2.131), (16, 2.120), (17, 2.110), (18, 2.101),
        (19, 2.093), (20, 2.086), (21, 2.080), (22, 2.074), (23, 2.069), (24, 2.064), (25, 2.060), (26, 2.056), (27, 2.052), (28, 2.048),
        (29, 2.045), (30, 2.042), (40, 2.021), (60, 2.000), (120, 1.980), (1000, 1.962)
), chosen AS (
    SELECT rule, venue, instrument FROM signals GROUP BY ALL ORDER BY count(*) DESC, rule, venue, instrument LIMIT 60
), grouped AS (
    SELECT m.rule, m.rule_name, m.venue, coalesce(m.symbol, CAST(m.instrument AS VARCHAR)) AS symbol, m.unit, m.horizon, m.change
    FROM mark_outs m JOIN chosen c ON c.rule = m.rule AND c.venue = m.venue AND c.instrument = m.instrument
    UNION ALL
    SELECT rule, rule_name, NULL, NULL, unit, horizon, change FROM mark_outs
), summed AS (
    SELECT rule, rule_name, venue, symbol, unit, horizon, count(*) AS signals, count(change) AS n,
           CAST(sum(change) AS HUGEINT) AS total, CAST(sum(CAST(change AS HUGEINT) * change) AS HUGEINT) AS squares
    FROM grouped
    GROUP BY rule, rule_name, venue, symbol, unit, horizon
)
SELECT rule, rule_name, venue, symbol, unit, horizon, signals, n, total, squares,
       CASE WHEN n > 0 THEN CAST(CAST(rounded_quotient(total, n * 1000) AS DECIMAL(18, 0)) * 0.001 AS DECIMAL(18, 3)) END AS mean,
       CASE WHEN t IS NOT NULL THEN CAST(round(t * sqrt(greatest(0.0, CAST(squares * n - total * total AS DOUBLE) / (n - 1)) / n / n) / 1000000, 3)
                                 AS DECIMAL(18, 3)) END AS half_width
FROM summed ASOF LEFT JOIN quantiles ON n - 1 >= freedom
ORDER BY rule, symbol NULLS FIRST, venue, unit DESC, horizon
