-- Signals by rule and instrument; the 200 that fired most.
SELECT rule, rule_name, venue, coalesce(symbol, CAST(instrument AS VARCHAR)) AS symbol, count(*) AS signals,
       count(*) FILTER (WHERE side = 'BUY') AS buy, count(*) FILTER (WHERE side = 'SELL') AS sell,
       count(*) FILTER (WHERE side NOT IN ('BUY', 'SELL') OR side IS NULL) AS neither,
       CAST(make_timestamp_ns(min(receive_time)) AS VARCHAR) AS first, CAST(make_timestamp_ns(max(receive_time)) AS VARCHAR) AS last
FROM signal_paths
GROUP BY rule, rule_name, venue, symbol, instrument
ORDER BY signals DESC, rule, venue, symbol
LIMIT 200
