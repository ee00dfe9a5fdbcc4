-- Signals that a limit refused, by limit; notices of an add-on are none.
SELECT rule AS "limit", count(*) AS refused, min(unit) AS unit, min(limit_value) AS limit_value, min(value) AS least_found,
       max(value) AS greatest_found, CAST(make_timestamp_ns(max(event_time)) AS VARCHAR) AS last, arg_max(text, index) AS last_text
FROM (SELECT stream, sequence, min(index) AS index, min(rule) AS rule, min(unit) AS unit, min(limit_value) AS limit_value,
             min(value) AS value, min(event_time) AS event_time, min(text) AS text
      FROM risk_decisions WHERE verdict = 'REFUSED' AND NOT starts_with(rule, 'notice.') GROUP BY stream, sequence)
GROUP BY rule
ORDER BY refused DESC, "limit"
LIMIT 60
