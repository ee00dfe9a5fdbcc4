-- Signals by rule.
SELECT rule, rule_name, count(*) AS signals, count(DISTINCT instrument) AS instruments,
       count(*) FILTER (WHERE side = 'BUY') AS buy, count(*) FILTER (WHERE side = 'SELL') AS sell
FROM signals
GROUP BY rule, rule_name
ORDER BY rule
